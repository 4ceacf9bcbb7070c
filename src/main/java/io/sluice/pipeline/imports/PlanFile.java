package io.sluice.pipeline.imports;

import io.sluice.disk.ScratchFile;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The planned change of each row, in the order of the input; then the records that no row names. It
 * lies in a scratch file, is written once and can be read any number of times. Blocking.
 */
public final class PlanFile implements Closeable {
  private static final int BUFFER = 64 * 1024;

  private final ScratchFile file;
  private final long endOfRows;

  private PlanFile(ScratchFile file, long endOfRows) {
    this.file = file;
    this.endOfRows = endOfRows;
  }

  /** The rows of the input, from the first one. For one thread at a time. */
  public PlannedRow.Rows rows() {
    return section(0, endOfRows);
  }

  /** The records that no row names, from the first one. For one thread at a time. */
  public PlannedRow.Rows unnamed() {
    return section(endOfRows, file.length());
  }

  private PlannedRow.Rows section(long from, long to) {
    DataInputStream in =
        new DataInputStream(new BufferedInputStream(file.reading(from, to), BUFFER));
    return () -> {
      int kind = in.read();
      return kind < 0 ? null : PlannedRowCodec.read(kind, in);
    };
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** Writes a plan. For one thread at a time. */
  static final class Writer implements Closeable {
    private final ScratchFile file;
    private final DataOutputStream out;
    private long endOfRows = -1;
    private boolean finished;

    /**
     * Begins a plan.
     *
     * @param scratch an existing directory
     */
    Writer(Path scratch) throws IOException {
      this.file = new ScratchFile(scratch);
      this.out = new DataOutputStream(new BufferedOutputStream(file.appending(), BUFFER));
    }

    void add(PlannedRow row) throws IOException {
      PlannedRowCodec.write(row, out);
    }

    /** What follows has no row. */
    void endRows() throws IOException {
      out.flush();
      endOfRows = file.length();
    }

    /** The plan, which stays when this is closed. */
    PlanFile finish() throws IOException {
      if (endOfRows < 0) {
        throw new EOFException("a plan whose rows have not ended");
      }
      out.flush();
      finished = true;
      return new PlanFile(file, endOfRows);
    }

    @Override
    public void close() throws IOException {
      if (!finished) {
        file.close();
      }
    }
  }
}
