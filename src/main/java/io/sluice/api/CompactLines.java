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

  /** Appends the record in {@code [from, to)}, which must lie behind everything appended so far. */
  void append(int from, int to) {
    if (end == 0) {
      end = from;
    }
    if (isSurelyCompact(from, to)) {
      if (end != from) {
        System.arraycopy(bytes, from, bytes, end, to - from);
      }
      end += to - from;
    } else {
      squeeze(from, to);
    }
    bytes[end++] = '\n';
  }

  /**
   * True only if there is no blank outside a string. Most blanks are told by their neighbours
   * alone, so that strings need not be followed: outside a string one side of every run of blanks
   * is punctuation, as two values never stand side by side.
   */
  private boolean isSurelyCompact(int from, int to) {
    for (int i = from + 1; i < to - 1; i++) {
      byte b = bytes[i];
      if (b <= ' ' && b >= 0 && (b != ' ' || delimits(bytes[i - 1]) || delimits(bytes[i + 1]))) {
        return false;
      }
    }
    return true;
  }

  /** Leaves out the blanks outside of strings, if there are any. */
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

  /** True for what ends or begins beside a blank that parts two tokens. */
  private static boolean delimits(byte b) {
    return switch (b) {
      case '{', '}', '[', ']', ',', ':', ' ', '\n', '\r', '\t' -> true;
      default -> false;
    };
  }
}
