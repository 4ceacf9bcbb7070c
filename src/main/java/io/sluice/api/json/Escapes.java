package io.sluice.api.json;

import java.util.Arrays;

/** The escapes of JSON's strings (RFC 8259, section 7). */
public final class Escapes {
  private static final String LETTERS = "\"\\/bfnrt";
  private static final String MEANINGS = "\"\\/\b\f\n\r\t";

  private Escapes() {}

  /**
   * Where the escape ends that begins with a backslash; -1 if it is none. A zero byte behind the
   * text ends every escape.
   */
  static int end(byte[] bytes, int backslash) {
    if (bytes[backslash + 1] != 'u') {
      return LETTERS.indexOf(bytes[backslash + 1]) >= 0 ? backslash + 2 : -1;
    }
    for (int i = backslash + 2; i < backslash + 6; i++) {
      if (Character.digit(bytes[i], 16) < 0) {
        return -1;
      }
    }
    return backslash + 6;
  }

  /**
   * The bytes of a text whose escapes are all well-formed, with each in UTF-8 in place of the
   * escape. Half a surrogate pair becomes three bytes of its own, so that different texts stay
   * different.
   *
   * @param paired whether half a surrogate pair is an error, as it is in a name
   * @throws MalformedJson if it is, and there is one
   */
  public static byte[] resolved(byte[] bytes, int from, int to, boolean paired) {
    byte[] plain = new byte[to - from];
    int length = 0;
    int at = from;
    while (at < to) {
      if (bytes[at] != '\\') {
        plain[length++] = bytes[at++];
        continue;
      }
      int unit = unit(bytes, at);
      at = end(bytes, at);
      boolean pair = Character.isHighSurrogate((char) unit) && at < to && bytes[at] == '\\';
      int low = pair ? unit(bytes, at) : 0;
      if (pair && Character.isLowSurrogate((char) low)) {
        unit = Character.toCodePoint((char) unit, (char) low);
        at = end(bytes, at);
      } else if (paired && Character.isSurrogate((char) unit)) {
        throw new MalformedJson("half a surrogate pair in a name");
      }
      length = put(plain, length, unit);
    }
    return Arrays.copyOf(plain, length);
  }

  /** The UTF-16 unit that a well-formed escape stands for. */
  private static int unit(byte[] bytes, int backslash) {
    if (bytes[backslash + 1] != 'u') {
      return MEANINGS.charAt(LETTERS.indexOf(bytes[backslash + 1]));
    }
    int unit = 0;
    for (int i = backslash + 2; i < backslash + 6; i++) {
      unit = unit << 4 | Character.digit(bytes[i], 16);
    }
    return unit;
  }

  /** Appends a character in UTF-8, which is never longer than its escape. */
  private static int put(byte[] plain, int length, int point) {
    int at = length;
    if (point < 0x80) {
      plain[at++] = (byte) point;
      return at;
    }
    int more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
    int mark = (0xFF00 >> (more + 1)) & 0xFF;
    plain[at++] = (byte) (mark | (point >> (6 * more)));
    for (int i = more - 1; i >= 0; i--) {
      plain[at++] = (byte) (0x80 | ((point >> (6 * i)) & 0x3F));
    }
    return at;
  }
}
