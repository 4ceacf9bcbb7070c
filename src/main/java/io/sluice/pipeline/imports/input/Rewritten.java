package io.sluice.pipeline.imports.input;

/**
 * A row whose pattern was written in another form, and what it counts as.
 *
 * @param row its number among the data rows, from 1
 * @param line the physical line on which it begins, from 1
 * @param column the column of the pattern, as the file names it
 * @param written the pattern as it was written
 * @param becomes the pattern or patterns that it counts as, on one line; with its type, if that is
 *     not the one that the row gives
 * @param forms what was found, in a few words
 * @param widens whether the patterns match more than what was written
 */
public record Rewritten(
    long row,
    long line,
    String column,
    String written,
    String becomes,
    String forms,
    boolean widens) {

  /** Both this and another rewriting of the same row. */
  Rewritten and(Rewritten other) {
    return new Rewritten(
        row,
        line,
        column + ", " + other.column,
        written + ", " + other.written,
        becomes + ", " + other.becomes,
        forms.equals(other.forms) ? forms : forms + "; " + other.forms,
        widens || other.widens);
  }
}
