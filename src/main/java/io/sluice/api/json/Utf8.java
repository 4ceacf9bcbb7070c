package io.sluice.api.json;

/**
 * Checks UTF-8 as strictly as RFC 3629 has it: no byte too many for a character, no halves of
 * surrogate pairs, nothing beyond U+10FFFF.
 */
final class Utf8 {
  private Utf8() {}

  /**
   * Where the character ends that begins at {@code at} with a byte of 0x80 or above; -1 if it is
   * none. Reads one byte further than what is right so far, so that a zero byte behind the text
   * ends every character.
   */
  static int end(byte[] bytes, int at) {
    int first = bytes[at] & 0xFF;
    if (first < 0xE0) {
      return first >= 0xC2 && follows(bytes[at + 1]) ? at + 2 : -1;
    }
    int second = bytes[at + 1] & 0xFF;
    if (second < least(first) || second > most(first) || !follows(bytes[at + 2])) {
      return -1;
    } else if (first < 0xF0) {
      return at + 3;
    }
    return first <= 0xF4 && follows(bytes[at + 3]) ? at + 4 : -1;
  }

  private static boolean follows(byte b) {
    return (b & 0xC0) == 0x80;
  }

  /** The least second byte; below it a character is written with more bytes than it needs. */
  private static int least(int first) {
    return switch (first) {
      case 0xE0 -> 0xA0;
      case 0xF0 -> 0x90;
      default -> 0x80;
    };
  }

  /** The greatest second byte; above it are surrogates, and what lies beyond U+10FFFF. */
  private static int most(int first) {
    return switch (first) {
      case 0xED -> 0x9F;
      case 0xF4 -> 0x8F;
      default -> 0xBF;
    };
  }
}
