package io.sluice.pipeline;

import io.sluice.catalog.RecordJson;
import io.sluice.catalog.Resource;
import io.sluice.disk.Sha256;
import io.sluice.disk.StoredFile;
import io.sluice.format.RowWriter;
import io.sluice.pipeline.exports.ExportRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The records of one reading, in a file. */
public final class RowFile implements RowSink {
  private static final int GZIP_BUFFER = 64 * 1024;

  private final StoredFile file;
  private final @Nullable MessageDigest digest;
  private final OutputStream out;
  private final RowWriter writer;
  private final Resource resource;
  private final ExportRequest.@Nullable Selection selection;
  private long written;

  private RowFile(
      StoredFile file,
      @Nullable MessageDigest digest,
      OutputStream out,
      RowWriter writer,
      Resource resource,
      ExportRequest.@Nullable Selection selection) {
    this.file = file;
    this.digest = digest;
    this.out = out;
    this.writer = writer;
    this.resource = resource;
    this.selection = selection;
  }

  /** Makes the file, which must not exist yet, and writes the header that its format has. */
  public static RowFile create(Path path, ExportRequest request, Resource resource)
      throws IOException {
    StoredFile file = new StoredFile(path);
    MessageDigest digest = request.digested() ? Sha256.begin() : null;
    try {
      OutputStream stored = digest == null ? file : new DigestOutputStream(file, digest);
      OutputStream out = request.gzip() ? new GZIPOutputStream(stored, GZIP_BUFFER) : stored;
      RowWriter writer = RowWriter.of(request.format(), resource, request.excelSafe(), out);
      return new RowFile(file, digest, out, writer, resource, request.selection());
    } catch (IOException unwritable) {
      file.abandon();
      throw unwritable;
    }
  }

  /** Where the file is. */
  public Path path() {
    return file.path();
  }

  /** How many records were written. */
  public long rows() {
    return written;
  }

  /** How many bytes were written. */
  public long bytes() {
    return file.bytes();
  }

  /** The SHA-256 of the file, in hex; null if it was not to be taken. To be asked once, at last. */
  public @Nullable String sha256Hex() {
    return digest == null ? null : HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public void write(byte[] lines, int from, int to, int rows) throws IOException {
    if (selection == null) {
      writer.write(lines, from, to);
      written += rows;
    } else {
      select(selection, lines, from, to);
    }
  }

  private void select(ExportRequest.Selection chosen, byte[] lines, int from, int to)
      throws IOException {
    int start = from;
    while (start < to) {
      int end = start;
      while (end < to && lines[end] != '\n') {
        end++;
      }
      end = Math.min(end + 1, to);
      if (chosen.keeps(resource, RecordJson.parse(lines, start, end, written + 1))) {
        writer.write(lines, start, end);
        written++;
      }
      start = end;
    }
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
