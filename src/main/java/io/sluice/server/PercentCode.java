package io.sluice.server;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Decodes a segment of a path (RFC 3986), and refuses what no segment of Sluice's holds. */
final class PercentCode {
  private PercentCode() {}

  /**
   * The segment in plain text.
   *
   * @throws ProblemException if it cannot be decoded, holds a slash or a control character, or
   *     stands for another directory
   */
  static String decoded(String segment) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(segment.length());
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      if (c != '%') {
        bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
        continue;
      }
      if (i + 2 >= segment.length()) {
        throw refused();
      }
      int high = Character.digit(segment.charAt(i + 1), 16);
      int low = Character.digit(segment.charAt(i + 2), 16);
      if (high < 0 || low < 0) {
        throw refused();
      }
      bytes.write(high * 16 + low);
      i += 2;
    }
    String text = text(bytes.toByteArray());
    boolean climbs = text.equals(".") || text.equals("..");
    if (climbs || text.chars().anyMatch(PercentCode::isRefused)) {
      throw refused();
    }
    return text;
  }

  private static boolean isRefused(int c) {
    return c == '/' || c == '\\' || Character.isISOControl(c);
  }

  private static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException unreadable) {
      throw refused();
    }
  }

  private static ProblemException refused() {
    return Problem.of(400, "bad_path", "the path cannot be understood").exception();
  }
}
