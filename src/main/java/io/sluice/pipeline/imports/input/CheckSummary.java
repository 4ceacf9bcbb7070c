package io.sluice.pipeline.imports.input;

import java.util.List;

/**
 * The result of checking a whole input.
 *
 * @param rows how many data rows there are
 * @param invalid how many of them cannot be sent
 * @param repeated how many say what an earlier row said
 * @param undecided how many are kept elsewhere or hold old values, so that only the account can
 *     tell
 * @param identified how many valid rows have an id
 * @param warnings what is odd about the file
 * @param rewritings how much was rewritten
 * @param superseded how many say otherwise than the one row of their key that counts
 */
public record CheckSummary(
    long rows,
    long invalid,
    long repeated,
    long undecided,
    long identified,
    List<String> warnings,
    Rewritings rewritings,
    long superseded) {

  /**
   * How much of an input was rewritten.
   *
   * @param rows how many rows have a pattern that was written in another form
   * @param remarks how many rows are comments, which are passed over
   * @param further how many more records than rows that makes, as one row may name several
   */
  public record Rewritings(long rows, long remarks, long further) {
    /** Nothing was rewritten. */
    public static final Rewritings NONE = new Rewritings(0, 0, 0);
  }

  /** True if nothing is wrong with any row, whatever the account holds. */
  boolean flawless() {
    return invalid == 0 && undecided == 0;
  }

  /** How many rows can be sent as far as is known without asking the API. */
  public long valid() {
    return rows - invalid - repeated - superseded - rewritings.remarks();
  }
}
