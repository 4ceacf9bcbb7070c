package io.sluice.pipeline.imports.input;

import io.sluice.catalog.Fault;
import io.sluice.format.InputFault;
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
 * @param contradicted whether what makes it invalid is another row with the same key
 * @param repeats the line of the row that says the same and counts, or 0
 * @param repeatsLess whether that row gives fields that this one does not
 * @param superseded the line of the row of the same key that counts in place of this one, or 0
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
    boolean contradicted,
    long repeats,
    boolean repeatsLess,
    long superseded,
    List<Fault> unlessHeld,
    @Nullable Rewritten rewritten,
    @Nullable String remark,
    RowSource source) {
  /** True if something is wrong with it whatever the account holds. */
  public boolean invalid() {
    return !faults.isEmpty();
  }

  /** The same, invalid for what is wrong with another record of its row. */
  ValidatedRow with(List<InputFault> others, boolean otherContradicted) {
    return new ValidatedRow(
        number,
        row,
        line,
        record,
        others,
        otherContradicted,
        0,
        false,
        0,
        unlessHeld,
        rewritten,
        remark,
        source);
  }

  /** True if its outcome is known without asking the account. */
  public boolean settled() {
    return invalid() || repeats > 0 || superseded > 0 || remark != null;
  }
}
