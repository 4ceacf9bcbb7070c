package io.sluice.pipeline.exports;

import io.sluice.catalog.RecordJson;
import io.sluice.catalog.Resource;
import io.sluice.disk.StoredFile;
import io.sluice.format.RowWriter;
import io.sluice.pipeline.RowSink;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The records of one reading, in a file. */
final class RowFile implements RowSink {
  private static final int GZIP_BUFFER = 64 * 1024;

  private final StoredFile file;
  private final ExportRequest request;
  private final OutputStream out;
  private final RowWriter writer;
  private final Resource resource;
  private long written;

  private RowFile(
      StoredFile file,
      ExportRequest request,
      OutputStream out,
      RowWriter writer,
      Resource resource) {
    this.file = file;
    this.request = request;
    this.out = out;
    this.writer = writer;
    this.resource = resource;
  }

  /** Makes the file, which must not exist yet, and writes the header that its format has. */
  static RowFile create(Path path, ExportRequest request, Resource resource) throws IOException {
    StoredFile file = request.digested() ? StoredFile.digested(path) : new StoredFile(path);
    try {
      OutputStream out = request.gzip() ? new GZIPOutputStream(file, GZIP_BUFFER) : file;
      RowWriter writer = request.format().writer(resource, request.excelSafe(), out);
      return new RowFile(file, request, out, writer, resource);
    } catch (IOException unwritable) {
      file.abandon();
      throw unwritable;
    }
  }

  /** Where the file is. */
  Path path() {
    return file.path();
  }

  /** How many records were written. */
  long rows() {
    return written;
  }

  /** How many bytes were written. */
  long bytes() {
    return file.bytes();
  }

  /** The SHA-256 of the file, in hex; null if it was not to be taken. To be asked once, at last. */
  @Nullable String sha256Hex() {
    return request.digested() ? file.sha256Hex() : null;
  }

  @Override
  public void write(byte[] lines, int from, int to, int rows) throws IOException {
    ExportRequest.Selection selection = request.selection();
    if (selection == null) {
      writer.write(lines, from, to);
      written += rows;
    } else {
      select(selection, lines, from, to);
    }
  }

  private void select(ExportRequest.Selection chosen, byte[] lines, int from, int to)
      throws IOException {
    RecordJson.lines(
        lines,
        from,
        to,
        (start, end) -> {
          if (chosen.keeps(resource, RecordJson.parse(lines, start, end, written + 1))) {
            writer.write(lines, start, end);
            written++;
          }
        });
  }

  @Override
  public void discard() throws IOException {
    file.abandon();
    Files.deleteIfExists(file.path());
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
