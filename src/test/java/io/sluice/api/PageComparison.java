package io.sluice.api;

import io.sluice.hash.Hash64;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Reads an answer by {@link PageParser} and by Jackson's tokens, and says in what they differ. */
final class PageComparison {
  private static final Hash64 HASH = Hash64.keyed(1);

  /** How a comparison ended. */
  enum End {
    BOTH_TAKE,
    BOTH_REFUSE,
    REFUSED_FOR_ENCODING
  }

  private PageComparison() {}

  /**
   * Compares.
   *
   * @throws AssertionError if they differ
   */
  static End of(byte[] answer) {
    Page page = null;
    RuntimeException refusal = null;
    byte[] given = received(answer);
    try {
      page = PageParser.parse(given, answer.length, 1, 1000, HASH);
    } catch (JacksonException | UnexpectedShape expected) {
      refusal = expected;
      require(
          Arrays.equals(given, 0, answer.length, answer, 0, answer.length),
          "a refused answer was changed",
          answer);
    }
    TokenWalk walk = walk(answer);
    if (page == null && walk != null) {
      require(!isUtf8(answer), "refused by one alone: " + refusal, answer);
      return End.REFUSED_FOR_ENCODING;
    }
    require((page == null) == (walk == null), "taken by one alone", answer);
    if (page == null || walk == null) {
      return End.BOTH_REFUSE;
    }
    require(isUtf8(answer), "taken, and no UTF-8", answer);
    same(page, walk, answer);
    return End.BOTH_TAKE;
  }

  /** In an array of its length, or in one that another answer has left something in. */
  private static byte[] received(byte[] answer) {
    byte[] array = Arrays.copyOf(answer, answer.length + answer.length % 4 * 10);
    byte left = (byte) "7\"}".charAt(answer.length % 3);
    Arrays.fill(array, answer.length, array.length, left);
    return array;
  }

  private static @Nullable TokenWalk walk(byte[] answer) {
    try {
      return TokenWalk.of(answer, 1, false);
    } catch (JacksonException | UnexpectedShape refusal) {
      return null;
    }
  }

  private static void same(Page page, TokenWalk walk, byte[] answer) {
    require(page.info().equals(walk.info()), "other counts", answer);
    require(page.count() == walk.bounds().size(), "other records", answer);
    require(page.identified() == !walk.ids().contains(null), "other ids", answer);
    for (int i = 0; i < page.count(); i++) {
      TokenWalk.Bounds bounds = walk.bounds().get(i);
      byte[] record = compact(Arrays.copyOfRange(answer, bounds.start(), bounds.end()));
      int from = page.start(i);
      require(
          Arrays.equals(page.bytes(), from, page.end(i), record, 0, record.length)
              && page.bytes()[page.end(i)] == '\n',
          "another record " + i,
          answer);
      String id = walk.ids().get(i);
      long hash = id == null ? ~HASH.of(answer, bounds.start(), bounds.end()) : hash(id);
      require(page.id(i) == hash, "another id of record " + i, answer);
    }
  }

  /** Of its characters, with each half of a surrogate pair as three bytes. */
  private static long hash(String id) {
    byte[] bytes = new byte[3 * id.length()];
    int length = 0;
    for (int i = 0; i < id.length(); i++) {
      int point = id.codePointAt(i);
      byte[] one;
      if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
        one =
            new byte[] {
              (byte) 0xED, (byte) (0x80 | ((point >> 6) & 0x3F)), (byte) (0x80 | (point & 0x3F))
            };
      } else {
        one = Character.toString(point).getBytes(StandardCharsets.UTF_8);
        i += Character.charCount(point) - 1;
      }
      System.arraycopy(one, 0, bytes, length, one.length);
      length += one.length;
    }
    return HASH.of(bytes, 0, length);
  }

  /** Leaves out the blanks outside of strings, a byte at a time. */
  private static byte[] compact(byte[] record) {
    byte[] compact = new byte[record.length];
    int length = 0;
    boolean inside = false;
    for (int i = 0; i < record.length; i++) {
      byte b = record[i];
      if (inside && b == '\\') {
        compact[length++] = record[i++];
      } else if (b == '"') {
        inside = !inside;
      }
      if (inside || " \n\r\t".indexOf(b) < 0) {
        compact[length++] = record[i];
      }
    }
    return Arrays.copyOf(compact, length);
  }

  private static boolean isUtf8(byte[] answer) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(answer));
      return true;
    } catch (CharacterCodingException broken) {
      return false;
    }
  }

  private static void require(boolean holds, String what, byte[] answer) {
    if (!holds) {
      throw new AssertionError(what + ": " + new String(answer, StandardCharsets.ISO_8859_1));
    }
  }
}
