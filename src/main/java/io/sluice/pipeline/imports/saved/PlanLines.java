package io.sluice.pipeline.imports.saved;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The lines of a saved plan with their places in the file. Blocking; for one thread at a time. */
final class PlanLines implements Closeable {
  /** A record may have 64 MiB, escaped, and a line several of it; anything longer is no plan. */
  private static final int LONGEST = 1 << 29;

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int start;
  private int end;
  private long offset;
  private boolean ended;

  PlanLines(InputStream in, long offset) {
    this.in = in;
    this.offset = offset;
  }

  /** Where the next line begins. */
  long offset() {
    return offset;
  }

  /** True if the last line that came had an end. */
  boolean ended() {
    return ended;
  }

  /** The next line without its end; null if there is none left. */
  byte @Nullable [] next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    ended = false;
    while (fill()) {
      int at = start;
      while (at < end && buffer[at] != '\n') {
        at++;
      }
      line.write(buffer, start, at - start);
      if (line.size() > LONGEST) {
        throw new IOException("a line of the plan has no end");
      }
      if (at < end) {
        start = at + 1;
        offset += line.size() + 1L;
        ended = true;
        return line.toByteArray();
      }
      start = end;
    }
    offset += line.size();
    return line.size() == 0 ? null : line.toByteArray();
  }

  private boolean fill() throws IOException {
    if (start == end) {
      start = 0;
      end = Math.max(0, in.read(buffer));
    }
    return start < end;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
