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

  /** True if nothing is wrong with any row, whatever the account holds. */
  boolean flawless() {
    return invalid == 0 && undecided == 0;
  }

  /** How many rows can be sent as far as is known without asking the API. */
  public long valid() {
    return rows - invalid - repeated - superseded - rewritings.remarks();
  }
}
