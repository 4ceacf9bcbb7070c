package io.sluice.catalog.pattern;

import org.jspecify.annotations.Nullable;

/**
 * A quotation mark, dash or at sign of a kind that keyboards do not have and word processors and
 * chat programs put in its place. No registry takes one in a domain name (RFC 5892 disallows
 * punctuation), and nobody has one in a mail address.
 */
final class TypesetCharacter {
  private TypesetCharacter() {}

  /** The fault of the first one in a text, and what to write; null if there is none. */
  static @Nullable String reason(String text) {
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      String plain = plain(text.codePointAt(i));
      if (plain != null) {
        return CodePoint.placed(text, i) + ": " + plain;
      }
    }
    return null;
  }

  private static @Nullable String plain(int c) {
    if (c <= '~') {
      return null;
    }
    return switch (c) {
      case 0x2018, 0x2019, 0x201A, 0x201B, 0x2032, 0x2035, 0x00B4, 0xFF07, 0x2039, 0x203A ->
          "write ' (U+0027), or remove it";
      case 0x201E, 0x2033, 0x2036, 0xFF02, 0x301D, 0x301E, 0x301F -> "remove it";
      case 0x2212, 0x2043 -> "write - (U+002D)";
      case 0xFF20, 0xFE6B -> "write @ (U+0040)";
      default ->
          switch (Character.getType(c)) {
            case Character.DASH_PUNCTUATION -> "write - (U+002D)";
            case Character.INITIAL_QUOTE_PUNCTUATION, Character.FINAL_QUOTE_PUNCTUATION ->
                "remove it";
            default -> null;
          };
    };
  }
}
