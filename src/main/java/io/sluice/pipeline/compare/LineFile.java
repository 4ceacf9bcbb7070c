package io.sluice.pipeline.compare;

import io.sluice.catalog.Resource;
import io.sluice.pipeline.RowSink;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The records of one reading in a file of their own, which its owner alone can read. */
record LineFile(Path path, OutputStream out) implements RowSink {
  private static final int BUFFER = 256 * 1024;

  static LineFile create(Path directory, Resource resource) throws IOException {
    Path path = Files.createTempFile(directory, resource.slug() + ".jsonl.", "");
    return new LineFile(path, new BufferedOutputStream(Files.newOutputStream(path), BUFFER));
  }

  @Override
  public void write(byte[] lines, int from, int to, int rows) throws IOException {
    out.write(lines, from, to - from);
  }

  @Override
  public void discard() throws IOException {
    out.close();
    Files.deleteIfExists(path);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
