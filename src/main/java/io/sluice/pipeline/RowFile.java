package io.sluice.pipeline;

import io.sluice.catalog.Resource;
import io.sluice.disk.DigestedFile;
import io.sluice.format.RowWriter;
import io.sluice.pipeline.exports.ExportRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** The records of one reading, in a file. */
public final class RowFile implements RowSink {
  private static final int GZIP_BUFFER = 64 * 1024;

  private final DigestedFile file;
  private final OutputStream out;
  private final RowWriter writer;

  private RowFile(DigestedFile file, OutputStream out, RowWriter writer) {
    this.file = file;
    this.out = out;
    this.writer = writer;
  }

  public static RowFile create(Path path, ExportRequest request, Resource resource)
      throws IOException {
    DigestedFile file = new DigestedFile(path);
    try {
      OutputStream out = request.gzip() ? new GZIPOutputStream(file, GZIP_BUFFER) : file;
      RowWriter writer = RowWriter.of(request.format(), resource, request.excelSafe(), out);
      return new RowFile(file, out, writer);
    } catch (IOException unwritable) {
      file.abandon();
      throw unwritable;
    }
  }

  public DigestedFile file() {
    return file;
  }

  @Override
  public void write(byte[] lines, int from, int to, int rows) throws IOException {
    writer.write(lines, from, to);
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
