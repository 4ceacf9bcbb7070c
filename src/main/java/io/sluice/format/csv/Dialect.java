package io.sluice.format.csv;

import io.sluice.format.text.Excerpt;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the cells of a CSV file are written.
 *
 * @param delimiter what parts them; null if the file's first row shows it
 * @param quote what stands around a cell that holds the delimiter; {@link #NO_QUOTE} for nothing
 * @param emptyIsNull whether an empty cell is null where the field can be null; else it says
 *     nothing
 */
public record Dialect(@Nullable Character delimiter, char quote, boolean emptyIsNull) {
  /** No character of any text. */
  public static final char NO_QUOTE = '\uffff';

  /** The delimiter that the file shows, and double quotes. */
  public static final Dialect STANDARD = new Dialect(null, '"');

  /** The files of a snapshot: the record had null, or nothing, where a cell is empty. */
  public static final Dialect SNAPSHOT = new Dialect(null, '"', true);

  private static final Map<String, String> NAMED =
      Map.of("comma", ",", "semicolon", ";", "tab", "\t", "pipe", "|");

  /** A dialect whose empty cells say nothing. */
  public Dialect(@Nullable Character delimiter, char quote) {
    this(delimiter, quote, false);
  }

  /**
   * The dialect of those words.
   *
   * @param delimiter one character, or comma, semicolon, tab or pipe; null for what the file shows
   * @param quote {@code "}, {@code '} or none; null for {@code "}
   * @throws IllegalArgumentException naming the one that cannot be used
   */
  public static Dialect of(@Nullable String delimiter, @Nullable String quote) {
    Character parts = delimiter == null ? null : (Character) delimiter(delimiter);
    if (quote == null || quote.equals("\"")) {
      return new Dialect(parts, '"');
    } else if (quote.equals("'")) {
      return new Dialect(parts, '\'');
    } else if (quote.equals("none")) {
      return new Dialect(parts, NO_QUOTE);
    }
    throw new IllegalArgumentException(
        "unknown quote '" + Excerpt.of(quote) + "'; known are \", ' and none");
  }

  private static char delimiter(String text) {
    String one = NAMED.getOrDefault(text, text);
    boolean usable =
        one.length() == 1
            && !Character.isLetterOrDigit(one.charAt(0))
            && "\"'\r\n \u0000".indexOf(one.charAt(0)) < 0
            && one.charAt(0) != NO_QUOTE;
    if (!usable) {
      throw new IllegalArgumentException(
          "'"
              + Excerpt.of(text)
              + "' cannot be a delimiter: give one character that is no letter, digit, quote or blank,"
              + " or comma, semicolon, tab or pipe");
    }
    return one.charAt(0);
  }
}
