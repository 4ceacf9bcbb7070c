package io.sluice.api;

import io.sluice.api.json.Escapes;
import io.sluice.api.json.JsonScanner;
import io.sluice.hash.Hash64;
import java.util.Arrays;

/**
 * The records in the list of an answer: where each lies, a hash of its id, and whether blanks stand
 * between its tokens.
 */
final class PageRecords {
  /** A record lies in the envelope and in the list. */
  private static final int LIST = 2;

  private static final int RECORD = 3;

  private final byte[] bytes;
  private final JsonScanner scanner;
  private final Hash64 hash;
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private long[] ids = new long[64];
  private boolean[] spaced = new boolean[64];
  private int count;
  private boolean identified = true;

  PageRecords(byte[] bytes, JsonScanner scanner, Hash64 hash) {
    this.bytes = bytes;
    this.scanner = scanner;
    this.hash = hash;
  }

  /** True if every record has an id. */
  boolean identified() {
    return identified;
  }

  long[] ids() {
    return Arrays.copyOf(ids, count);
  }

  /** Passes over the list that begins at {@code open} and takes down its records. */
  int list(int open) {
    int at = scanner.token(open + 1);
    if (bytes[at] == ']') {
      return at + 1;
    }
    while (true) {
      at = scanner.token(record(at));
      if (bytes[at] == ']') {
        return at + 1;
      }
      at = scanner.mark(at, ',');
    }
  }

  private int record(int start) {
    if (bytes[start] != '{') {
      scanner.value(start, LIST);
      throw new UnexpectedShape("a record is not a JSON object");
    }
    if (count == ids.length) {
      grow();
    }
    // Never what a hash is.
    ids[count] = 0;
    int end = fields(start);
    if (ids[count] == 0) {
      identified = false;
      ids[count] = ~hash.of(bytes, start, end);
    }
    starts[count] = start;
    ends[count] = end;
    spaced[count++] = scanner.sawBlankSince(start);
    return end;
  }

  private int fields(int open) {
    int at = scanner.token(open + 1);
    if (bytes[at] == '}') {
      return at + 1;
    }
    while (true) {
      int name = at;
      at = scanner.name(name);
      boolean id = isId(name, at);
      at = scanner.mark(at, ':');
      at = id ? id(at) : scanner.value(at, RECORD);
      if (bytes[at] == '}') {
        return at + 1;
      }
      at = scanner.token(at);
      if (bytes[at] == '}') {
        return at + 1;
      }
      at = scanner.mark(at, ',');
    }
  }

  /** True if the name in {@code [quote, end)}, which may be written with escapes, is "id". */
  private boolean isId(int quote, int end) {
    if (end - quote == 4) {
      return bytes[quote + 1] == 'i' && bytes[quote + 2] == 'd';
    }
    if (!scanner.sawEscapeSince(quote)) {
      return false;
    }
    byte[] name = Escapes.resolved(bytes, quote + 1, end - 1, true);
    return name.length == 2 && name[0] == 'i' && name[1] == 'd';
  }

  /**
   * Passes over the value of an id. Null and what has parts are none; of several the last counts.
   */
  private int id(int at) {
    int end = scanner.value(at, RECORD);
    byte first = bytes[at];
    if (first == '"') {
      ids[count] = text(at, end);
    } else if (first != '{' && first != '[' && first != 'n') {
      ids[count] = hash.of(bytes, at, end);
    }
    return end;
  }

  private long text(int quote, int end) {
    if (!scanner.sawEscapeSince(quote)) {
      return hash.of(bytes, quote + 1, end - 1);
    }
    byte[] plain = Escapes.resolved(bytes, quote + 1, end - 1, false);
    return hash.of(plain, 0, plain.length);
  }

  private void grow() {
    starts = Arrays.copyOf(starts, 2 * count);
    ends = Arrays.copyOf(ends, 2 * count);
    ids = Arrays.copyOf(ids, 2 * count);
    spaced = Arrays.copyOf(spaced, 2 * count);
  }

  /**
   * Moves the records together, a line each, which changes the array.
   *
   * @return where each line begins, and last where the last one ends
   */
  int[] lines() {
    CompactLines lines = new CompactLines(bytes);
    int[] begins = new int[count + 1];
    for (int i = 0; i < count; i++) {
      begins[i] = i == 0 ? starts[0] : lines.end();
      lines.append(starts[i], ends[i], spaced[i]);
    }
    begins[count] = lines.end();
    return begins;
  }
}
