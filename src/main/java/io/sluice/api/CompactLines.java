package io.sluice.api;

/**
 * Moves JSON records together inside their own array: without the blanks between tokens, each ended
 * by a newline. Works in place, since a compact record is never longer than it was, and the comma
 * or bracket after a record leaves room for its newline. The bytes must be well-formed JSON.
 */
final class CompactLines {
  private final byte[] bytes;
  private int end;

  CompactLines(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Where the lines so far end. */
  int end() {
    return end;
  }

  /**
   * Appends the record in {@code [from, to)}, which must lie behind everything appended so far.
   *
   * @param spaced whether there is a blank outside of its strings
   */
  void append(int from, int to, boolean spaced) {
    if (end == 0) {
      end = from;
    }
    if (spaced) {
      squeeze(from, to);
    } else {
      if (end != from) {
        System.arraycopy(bytes, from, bytes, end, to - from);
      }
      end += to - from;
    }
    bytes[end++] = '\n';
  }

  /** Leaves out the blanks outside of strings. */
  private void squeeze(int from, int to) {
    int i = from;
    while (i < to) {
      byte b = bytes[i];
      if (b == '"') {
        int close = closingQuote(i + 1);
        System.arraycopy(bytes, i, bytes, end, close + 1 - i);
        end += close + 1 - i;
        i = close;
      } else if (!isBlank(b)) {
        bytes[end++] = b;
      }
      i++;
    }
  }

  private int closingQuote(int i) {
    while (bytes[i] != '"') {
      i += bytes[i] == '\\' ? 2 : 1;
    }
    return i;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
