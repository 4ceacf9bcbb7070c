package io.sluice.pipeline.imports.input;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.catalog.pattern.EscapedText;
import io.sluice.format.OptionNames;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Notices texts that were UTF-8 and were read as windows-1252 on their way: {@code MÃ¼ller}. They
 * are not mended, since nothing says for certain that they are not meant.
 */
final class MojibakeWarnings {
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  /** A byte that begins a character of UTF-8, and what may follow, as windows-1252 shows them. */
  private static final Pattern BROKEN = Pattern.compile("[\\u00C2-\\u00F4][^\\x00-\\x7F]{1,3}");

  private long count;
  private String first = "";

  void look(long line, ObjectNode record) {
    for (JsonNode value : record) {
      String text = value.isString() ? value.stringValue() : "";
      String meant = meant(text);
      if (meant != null) {
        if (++count == 1) {
          first =
              "line "
                  + line
                  + ": '"
                  + EscapedText.of(text)
                  + "' for '"
                  + EscapedText.of(meant)
                  + "'";
        }
        return;
      }
    }
  }

  /** In words for people. */
  List<String> warnings(OptionNames names) {
    if (count == 0) {
      return List.of();
    }
    return List.of(
        String.format(
            Locale.ROOT,
            "%,d %s like UTF-8 text that was read in another encoding (%s); take the file from"
                + " its source again, and leave %s out if it is UTF-8",
            count,
            count == 1 ? "row looks" : "rows look",
            first,
            names.of("encoding")));
  }

  private static @Nullable String meant(String text) {
    if (isAscii(text) || !BROKEN.matcher(text).find()) {
      return null;
    }
    try {
      ByteBuffer bytes = WINDOWS.newEncoder().encode(CharBuffer.wrap(text));
      return UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException meantAsItIs) {
      return null;
    }
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7F) {
        return false;
      }
    }
    return true;
  }
}
