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
    String option = names.with("encoding", name);
    try {
      String fault = decoded(bytes, at, at + 1);
      if (Character.isLetter(fault.charAt(0)) || PUNCTUATION.contains(fault)) {
        return name
            + " fits, in which this reads '"
            + Excerpt.of(decoded(bytes, from, to))
            + "': say "
            + option;
      }
    } catch (CharacterCodingException other) {
      return "if the file has another encoding, name it, such as "
          + names.with("encoding", "UTF-16LE")
          + " or ISO-8859-2";
    }
    return "if the file has another encoding, name it: " + option;
  }

  private static boolean ends(byte b) {
    return ENDS.indexOf(b) >= 0;
  }

  private static String decoded(byte[] bytes, int from, int to) throws CharacterCodingException {
    return WINDOWS.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from)).toString();
  }
}
