package io.sluice.cli;

/**
 * One cell of the table of faults.
 *
 * @param number tells it from all others
 * @param befalls which calls, and how often
 * @param end the exit code, and how much is done
 */
record MatrixCell(int number, String fault, String befalls, MatrixColumn column, String end) {
  /** How much is done when it ends. */
  enum Done {
    ALL,
    SOME,
    NONE
  }

  int exit() {
    return Integer.parseInt(end.split(" ", 2)[0]);
  }

  Done done() {
    return Done.valueOf(end.split(" ", 2)[1].toUpperCase(java.util.Locale.ROOT));
  }

  /** The account that is written to, or read by an export; its profile is called the same. */
  String account() {
    return "c" + number;
  }

  /** The account that is migrated from. */
  String source() {
    return "s" + number;
  }

  @Override
  public String toString() {
    String column = this.column.name().toLowerCase(java.util.Locale.ROOT);
    return column + ": " + fault + " (" + befalls + ") ends with " + end;
  }
}
