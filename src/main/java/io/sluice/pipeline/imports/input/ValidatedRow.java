package io.sluice.pipeline.imports.input;

import io.sluice.catalog.Fault;
import io.sluice.format.InputFault;
import io.sluice.format.InputRow;
import io.sluice.format.RowSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A record of a data row, nearly always its only one, and what is known of it before the account is
 * asked.
 *
 * @param number its number among all records: that of its row for the first of a row
 * @param row its row's number among the data rows, from 1
 * @param line the physical line on which it begins, from 1
 * @param record what it says; where a row without an id leaves the pattern's type out, it is
 *     inferred
 * @param faults what makes it invalid; none if it is valid
 * @param repetition how it stands to other rows of the same key; of a row that is invalid for
 *     another reason, alone
 * @param unlessHeld what would make it invalid, if the account did not hold exactly this
 * @param rewritten how the row's pattern was rewritten, or null
 * @param remark what the row is in place of an indicator, or null
 * @param source the row as it stands in the file
 */
public record ValidatedRow(
    long number,
    long row,
    long line,
    ObjectNode record,
    List<InputFault> faults,
    Repetition repetition,
    List<Fault> unlessHeld,
    @Nullable Rewritten rewritten,
    @Nullable String remark,
    RowSource source) {

  /** How a row stands to others of the same key. */
  public sealed interface Repetition {
    /** No other row counts in place of this one. */
    Repetition NONE = new Alone();

    /** No other row has this key, or this row is the one of several that counts. */
    record Alone() implements Repetition {}

    /**
     * Another row, which counts, says the same; others may say otherwise.
     *
     * @param line where that row is
     * @param more whether it gives fields that this one does not
     */
    record Repeats(long line, boolean more) implements Repetition {}

    /**
     * Other rows of this key say otherwise, and none of them counts.
     *
     * @param row the first of them
     * @param line where that row is
     * @param fields of which they say different things; or, if they agree in what they give, those
     *     that no row gives together with all others
     */
    record Contradicted(long row, long line, long fields, boolean agree) implements Repetition {}

    /**
     * Other rows of this key say otherwise, and another one than this counts.
     *
     * @param line where that row is
     */
    record Superseded(long line) implements Repetition {}
  }

  /** A row that holds something else in place of an indicator. */
  static ValidatedRow remark(long number, InputRow row, String what) {
    return new ValidatedRow(
        number,
        row.row(),
        row.line(),
        row.record(),
        List.of(),
        Repetition.NONE,
        List.of(),
        null,
        what,
        row.source());
  }

  /** True if something is wrong with it whatever the account holds. */
  public boolean invalid() {
    return !faults.isEmpty();
  }

  /** The same, invalid for what is wrong with another record of its row. */
  ValidatedRow with(ValidatedRow wrong) {
    return new ValidatedRow(
        number,
        row,
        line,
        record,
        wrong.faults,
        wrong.repetition,
        unlessHeld,
        rewritten,
        remark,
        source);
  }

  /** True if its outcome is known without asking the account. */
  public boolean settled() {
    return invalid() || !repetition.equals(Repetition.NONE) || remark != null;
  }
}
