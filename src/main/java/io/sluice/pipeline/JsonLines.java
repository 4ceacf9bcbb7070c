package io.sluice.pipeline;

import io.sluice.format.text.LineReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** The lines of a JSONL file that Sluice wrote, byte for byte. */
public final class JsonLines implements RecordLines {
  private static final int BUFFER = 256 * 1024;
  private static final int LONGEST = 64 * 1024 * 1024;

  private final InputStream in;
  private final LineReader lines;

  private JsonLines(InputStream in) {
    this.in = in;
    this.lines = new LineReader(in, LONGEST);
  }

  /** Opens the file at its start. */
  public static JsonLines open(Path file, boolean gzip) throws IOException {
    InputStream stored = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    if (!gzip) {
      return new JsonLines(stored);
    }
    try {
      return new JsonLines(new GZIPInputStream(stored, BUFFER));
    } catch (IOException notCompressed) {
      stored.close();
      throw notCompressed;
    }
  }

  @Override
  public byte @Nullable [] next() throws IOException {
    return lines.next() ? Arrays.copyOfRange(lines.buffer(), lines.start(), lines.end()) : null;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
