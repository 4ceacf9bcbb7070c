package io.sluice.server.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/**
 * Decodes segments of a path (RFC 3986), refusing what no segment of Sluice's holds, and parts of a
 * query.
 */
final class PercentCode {
  private PercentCode() {}

  /**
   * The segment in plain text, which may hold slashes that were sent as {@code %2F}.
   *
   * @throws ProblemException if it cannot be decoded, holds a control character, or leads to
   *     another directory
   */
  static String decoded(String segment) {
    String text = plain(segment, "bad_path", "the path cannot be understood");
    boolean climbs =
        Stream.of(text.split("/", -1)).anyMatch(part -> part.equals(".") || part.equals(".."));
    if (climbs || text.chars().anyMatch(PercentCode::isRefused)) {
      throw refused("bad_path", "the path cannot be understood");
    }
    return text;
  }

  /**
   * A name or a value of a query in plain text; a plus is a blank there.
   *
   * @throws ProblemException if it cannot be decoded
   */
  static String parameter(String encoded) {
    String text = encoded.replace("+", "%20");
    return plain(text, "bad_query", "the query cannot be decoded: a '%' that means itself is %25");
  }

  private static String plain(String segment, String code, String detail) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(segment.length());
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      if (c != '%') {
        // Netty makes a character of each byte, those of UTF-8 that came unencoded included.
        bytes.write(c);
        continue;
      }
      if (i + 2 >= segment.length()) {
        throw refused(code, detail);
      }
      int high = Character.digit(segment.charAt(i + 1), 16);
      int low = Character.digit(segment.charAt(i + 2), 16);
      if (high < 0 || low < 0) {
        throw refused(code, detail);
      }
      bytes.write(high * 16 + low);
      i += 2;
    }
    return text(bytes.toByteArray(), code, detail);
  }

  private static boolean isRefused(int c) {
    return c == '\\' || Character.isISOControl(c);
  }

  private static String text(byte[] bytes, String code, String detail) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException unreadable) {
      throw refused(code, detail);
    }
  }

  private static ProblemException refused(String code, String detail) {
    return Problem.of(400, code, detail).exception();
  }
}
