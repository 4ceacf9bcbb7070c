package io.sluice.pipeline.imports.input;

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
