package io.sluice.format.text;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A text's lines, one by one, without those that are blank. */
public final class TextLines {
  private final TextInput in;
  private final StringBuilder text = new StringBuilder();
  private long line;

  public TextLines(TextInput in) {
    this.in = in;
  }

  /** The next line that is not blank, without its end; null if there is none. */
  @Nullable
  public String next() throws IOException {
    while (in.peek() >= 0) {
      line = in.line();
      text.setLength(0);
      int c = in.read();
      while (c >= 0 && c != '\n' && c != '\r') {
        text.append((char) c);
        c = in.read();
      }
      if (c == '\r' && in.peek() == '\n') {
        in.read();
      }
      String whole = text.toString();
      if (!whole.isBlank()) {
        return whole;
      }
    }
    return null;
  }

  /** The number of that line, from 1. */
  public long line() {
    return line;
  }
}
