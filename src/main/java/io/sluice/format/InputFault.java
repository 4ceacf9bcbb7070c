package io.sluice.format;

import io.sluice.format.text.Excerpt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Something in a row that could not be understood.
 *
 * @param line the physical line, from 1
 * @param column the column as the file's header names it, or the JSON field; empty if the fault is
 *     the row's as a whole
 * @param value the offending text, shortened to 80 characters, control characters escaped
 * @param reason what is wrong, in words that say what would be right
 * @param remedy what normalizing would do to the value, as the end of a sentence that begins with
 *     "it"; null if that is not known to help
 */
public record InputFault(
    long line, String column, String value, String reason, @Nullable String remedy) {
  private static final Pattern PLACE =
      Pattern.compile(" (at|near) position [0-9]+|; the first is line [0-9]+|; this is the first");

  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  /** A fault that normalizing would not take away. */
  public InputFault(long line, String column, String value, String reason) {
    this(line, column, value, reason, null);
  }

  /** A fault of a value of any length. */
  public static InputFault of(long line, String column, String value, String reason) {
    return new InputFault(line, column, Excerpt.of(value), reason);
  }

  /** The column for people: one of a file without a header is known by its number. */
  public String place() {
    return place(column);
  }

  /** A column for people: its name, or what a number alone stands for. */
  public static String place(String column) {
    return NUMBER.matcher(column).matches() ? "column " + column : column;
  }

  /**
   * The reason less its place within the value, and less the other row that it names: the same for
   * all faults of one kind.
   */
  public String cause() {
    return PLACE.matcher(reason).replaceAll("");
  }
}
