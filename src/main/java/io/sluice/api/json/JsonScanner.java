package io.sluice.api.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Passes over JSON in an array of bytes, as strictly as RFC 8259 has it, and says where each thing
 * ends. Methods take the place where something begins and return the place behind it; they throw
 * {@link MalformedJson} if it is not what they pass over.
 *
 * <p><b>Bounds.</b> Behind the text stand {@value #ROOM} zero bytes. A zero byte belongs to nothing
 * in JSON: it ends numbers, blanks and characters, and is an error in a string and in place of any
 * token. So nothing is passed over beyond the end, whatever is read there, and the end is looked
 * for nowhere. A place that is returned is at most the end; reading eight bytes from it stays
 * within the array.
 */
public final class JsonScanner {
  /** How many zero bytes have to stand behind the text. */
  public static final int ROOM = Long.BYTES;

  /** How deep lists and objects may lie within each other; reading a record recurses. */
  public static final int DEEPEST = 2_000;

  /**
   * How many digits a number may have; turning digits into a number takes more than linear time.
   */
  public static final int MOST_DIGITS = 100_000;

  /** How many bytes a name may have. */
  public static final int LONGEST_NAME = 1 << 20;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle HALF_WORD =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long EACH = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = EACH << 7;
  private static final long QUOTES = EACH * '"';
  private static final long BACKSLASHES = EACH * '\\';
  private static final long SPACES = EACH * ' ';

  private static final int TRUE = word("true");
  private static final int NULL = word("null");
  private static final int ALSE = word("alse");

  private final byte[] bytes;
  private final int end;
  private final long[] objects = new long[DEEPEST / Long.SIZE + 1];
  private int latestBlank = -1;
  private int latestEscape = -1;

  /** Of the text in {@code bytes[0, end)}, behind which there is room. */
  public JsonScanner(byte[] bytes, int end) {
    this.bytes = bytes;
    this.end = end;
  }

  /**
   * The array with room behind {@code length} bytes of text: the same one, if it is long enough.
   */
  public static byte[] withRoom(byte[] bytes, int length) {
    if (bytes.length - length < ROOM) {
      return Arrays.copyOf(bytes, length + ROOM);
    }
    Arrays.fill(bytes, length, length + ROOM, (byte) 0);
    return bytes;
  }

  /** True if a blank outside of strings was passed over at or behind that place. */
  public boolean sawBlankSince(int from) {
    return latestBlank >= from;
  }

  /** True if a backslash was passed over at or behind that place. */
  public boolean sawEscapeSince(int from) {
    return latestEscape >= from;
  }

  /** Where the next token begins, at {@code at} or behind blanks; or the end. */
  public int token(int at) {
    return bytes[at] > ' ' ? at : afterBlanks(at);
  }

  private int afterBlanks(int from) {
    int at = from;
    while (isBlank(bytes[at])) {
      latestBlank = at++;
    }
    return at;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  /** Passes over that one character, and over blanks before and behind it. */
  public int mark(int from, char mark) {
    int at = token(from);
    if (bytes[at] != mark) {
      throw unexpected(at);
    }
    return token(at + 1);
  }

  /** Passes over a name in quotes; its colon follows. */
  public int name(int quote) {
    if (bytes[quote] != '"') {
      throw unexpected(quote);
    }
    int after = string(quote);
    boolean escaped = latestEscape > quote;
    if (escaped || after - quote > LONGEST_NAME) {
      byte[] plain = escaped ? Escapes.resolved(bytes, quote + 1, after - 1, true) : bytes;
      if ((escaped ? plain.length : after - quote - 2) > LONGEST_NAME) {
        throw new MalformedJson("a name longer than " + LONGEST_NAME + " bytes");
      }
    }
    return after;
  }

  /** Passes over a string, eight bytes a step where they mean nothing but themselves. */
  public int string(int quote) {
    int at = quote + 1;
    while (true) {
      long special = special((long) WORD.get(bytes, at));
      if (special == 0) {
        at += Long.BYTES;
        continue;
      }
      at += Long.numberOfTrailingZeros(special) >>> 3;
      byte b = bytes[at];
      if (b == '"') {
        return at + 1;
      }
      at = b < 0 ? afterCharacter(at) : afterEscape(at);
    }
  }

  /**
   * The high bit of the first byte that needs to be looked at: a quote, a backslash, a control
   * character, or part of a character beyond ASCII. Subtracting from a byte that is to be found
   * borrows from those above it, so bits above the lowest may be wrong; below it none is set.
   */
  private static long special(long word) {
    long quotes = word ^ QUOTES;
    long backslashes = word ^ BACKSLASHES;
    return (((quotes - EACH) & ~quotes)
            | ((backslashes - EACH) & ~backslashes)
            | ((word - SPACES) & ~word)
            | word)
        & HIGH_BITS;
  }

  /** Passes over characters beyond ASCII. */
  private int afterCharacter(int from) {
    int at = from;
    while (bytes[at] < 0) {
      int next = Utf8.end(bytes, at);
      if (next < 0) {
        throw new MalformedJson("no UTF-8 at offset " + at);
      }
      at = next;
    }
    return at;
  }

  /** Passes over a backslash and what belongs to it. */
  private int afterEscape(int backslash) {
    if (bytes[backslash] != '\\') {
      throw unexpected(backslash);
    }
    int after = Escapes.end(bytes, backslash);
    if (after < 0) {
      throw unexpected(backslash + 1);
    }
    latestEscape = backslash;
    return after;
  }

  /**
   * Passes over a value of any kind.
   *
   * @param depth how many lists and objects it lies in
   */
  public int value(int at, int depth) {
    byte b = bytes[at];
    return b == '"' ? string(at) : b == '{' || b == '[' ? container(at, depth) : scalar(at);
  }

  /** Passes over a value that is neither a list nor an object. */
  public int scalar(int at) {
    return switch (bytes[at]) {
      case '"' -> string(at);
      case 't' -> literal(at, at, TRUE);
      case 'n' -> literal(at, at, NULL);
      case 'f' -> literal(at, at + 1, ALSE);
      default -> number(at);
    };
  }

  private int literal(int at, int from, int letters) {
    if ((int) HALF_WORD.get(bytes, from) != letters) {
      throw unexpected(at);
    }
    return from + Integer.BYTES;
  }

  private int number(int from) {
    int at = bytes[from] == '-' ? from + 1 : from;
    at = bytes[at] == '0' ? at + 1 : digits(at);
    if (bytes[at] == '.') {
      at = digits(at + 1);
    }
    if ((bytes[at] | 0x20) == 'e') {
      boolean signed = bytes[at + 1] == '-' || bytes[at + 1] == '+';
      at = digits(signed ? at + 2 : at + 1);
    }
    if (at - from > MOST_DIGITS) {
      requireFewDigits(from, at);
    }
    return at;
  }

  /** Passes over at least one digit. */
  private int digits(int from) {
    int at = from;
    while (bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    if (at == from) {
      throw unexpected(at);
    }
    return at;
  }

  private void requireFewDigits(int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      count += bytes[i] >= '0' && bytes[i] <= '9' ? 1 : 0;
    }
    if (count > MOST_DIGITS) {
      throw new MalformedJson("a number of more than " + MOST_DIGITS + " digits");
    }
  }

  /**
   * Passes over a list or an object. What it lies in is kept as one bit a level instead of on the
   * stack, of which an event loop has little.
   */
  private int container(int open, int depth) {
    int inside = depth;
    int at = open;
    do {
      if (bytes[at] == '{' || bytes[at] == '[') {
        enter(inside++, bytes[at] == '{');
        at = token(at + 1);
        if (bytes[at] != closing(inside)) {
          at = member(at, inside);
          continue;
        }
      } else {
        at = token(scalar(at));
      }
      while (inside > depth && bytes[at] == closing(inside)) {
        inside--;
        at = inside == depth ? at + 1 : token(at + 1);
      }
      at = inside == depth ? at : member(mark(at, ','), inside);
    } while (inside > depth);
    return at;
  }

  private void enter(int depth, boolean object) {
    if (depth >= DEEPEST) {
      throw new MalformedJson("nested more than " + DEEPEST + " levels deep");
    }
    long bit = 1L << depth;
    objects[depth / Long.SIZE] =
        object ? objects[depth / Long.SIZE] | bit : objects[depth / Long.SIZE] & ~bit;
  }

  private boolean inObject(int inside) {
    return (objects[(inside - 1) / Long.SIZE] & 1L << (inside - 1)) != 0;
  }

  private char closing(int inside) {
    return inObject(inside) ? '}' : ']';
  }

  /** Where the value of the next member begins: in an object behind its name and colon. */
  private int member(int at, int inside) {
    return inObject(inside) ? mark(name(at), ':') : at;
  }

  /** What to throw where something else should stand. */
  public MalformedJson unexpected(int at) {
    return MalformedJson.unexpected(bytes, at, end);
  }

  private static int word(String letters) {
    return (int) HALF_WORD.get(letters.getBytes(StandardCharsets.US_ASCII), 0);
  }
}
