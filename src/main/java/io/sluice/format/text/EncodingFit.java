package io.sluice.format.text;

import io.sluice.format.OptionNames;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;

/** Finds the encoding that bytes may have which are not of the one that was expected. */
final class EncodingFit {
  private static final Charset WINDOWS = Charset.forName("windows-1252");
  private static final String PUNCTUATION = "–—‘’“”„…€•·«»°§©®™";
  private static final String ENDS = "\r\n,;\t\"";
  private static final int REACH = 24;

  /** What else text is saved in; a byte that is no letter of one encoding is one of another. */
  private static final String OTHERS =
      " (Polish, Czech), windows-1251 (Russian), windows-1254 (Turkish), Shift_JIS (Japanese) or"
          + " UTF-16LE";

  private EncodingFit() {}

  /**
   * What to do about a byte that does not belong to the text.
   *
   * @param at its place among the bytes
   */
  static String advice(byte[] bytes, int at, int end, OptionNames names) {
    for (int i = 0; i < end; i++) {
      if (bytes[i] == 0) {
        return "the file also holds NUL bytes and may not be text: check that it is the right one";
      }
    }
    int from = at;
    while (from > 0 && at - from < REACH && !ends(bytes[from - 1])) {
      from--;
    }
    int to = at;
    while (to < end && to - at < REACH && !ends(bytes[to])) {
      to++;
    }
    String name = WINDOWS.name();
    try {
      String fault = decoded(bytes, at, at + 1);
      if (Character.isLetter(fault.charAt(0)) || PUNCTUATION.contains(fault)) {
        return "in "
            + name
            + " this reads '"
            + Excerpt.of(decoded(bytes, from, to))
            + "': if that is right, say "
            + names.with("encoding", name)
            + "; if not, "
            + named(names);
      }
    } catch (CharacterCodingException undefined) {
      // A byte that no text in that encoding has.
    }
    return "if the file has another encoding, " + named(names);
  }

  private static String named(OptionNames names) {
    return "name the one it has, such as " + names.with("encoding", "windows-1250") + OTHERS;
  }

  private static boolean ends(byte b) {
    return ENDS.indexOf(b) >= 0;
  }

  private static String decoded(byte[] bytes, int from, int to) throws CharacterCodingException {
    return WINDOWS.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from)).toString();
  }
}
