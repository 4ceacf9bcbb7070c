package io.sluice.format;

import java.io.IOException;

/**
 * An input file that cannot be read, or not any further. The message names the line and the column
 * where there are any, and says what to do.
 */
public final class InputException extends IOException {
  private static final long serialVersionUID = 1;

  private final long line;
  private final long column;

  public InputException(long line, long column, String message) {
    super(where(line, column) + message);
    this.line = line;
    this.column = column;
  }

  public InputException(long line, String message) {
    this(line, 0, message);
  }

  /** What stops a reader that cannot do without the row. */
  public static InputException of(InputFault fault) {
    String column = fault.column().isEmpty() ? "" : fault.place() + ": ";
    String value = fault.value().isEmpty() ? "" : "'" + fault.value() + "' ";
    return new InputException(fault.line(), column + value + fault.reason());
  }

  /** The physical line, from 1; 0 if it is the file or an option as a whole. */
  public long line() {
    return line;
  }

  /** The character of the line, from 1; 0 if it is the line as a whole. */
  public long column() {
    return column;
  }

  private static String where(long line, long column) {
    if (line == 0) {
      return "";
    }
    return "line " + line + (column == 0 ? "" : ", column " + column) + ": ";
  }
}
