package io.sluice.pipeline.input;

import io.sluice.catalog.Fault;
import io.sluice.format.InputFault;
import io.sluice.format.RowSource;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * One data row and what is known of it before the account is asked.
 *
 * @param row its number among the data rows, from 1
 * @param line the physical line on which it begins, from 1
 * @param record what it says; where a row without an id leaves the pattern's type out, it is
 *     inferred
 * @param faults what makes it invalid; none if it is valid
 * @param contradicted whether what makes it invalid is another row with the same key
 * @param repeats the earlier row that says the same, or 0
 * @param unlessHeld what would make it invalid, if the account did not hold exactly this
 * @param source the row as it stands in the file
 */
public record JudgedRow(
    long row,
    long line,
    ObjectNode record,
    List<InputFault> faults,
    boolean contradicted,
    long repeats,
    List<Fault> unlessHeld,
    RowSource source) {
  /** True if something is wrong with it whatever the account holds. */
  public boolean invalid() {
    return !faults.isEmpty();
  }
}
