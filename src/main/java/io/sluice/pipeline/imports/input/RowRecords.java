package io.sluice.pipeline.imports.input;

import io.sluice.format.InputRow;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A row and the records that it stands for: nearly always one.
 *
 * @param records one or more, each with the row's number, line, faults and source
 * @param rewritten how its pattern was rewritten, or null
 * @param remark what it is in place of an indicator, or null
 * @param uncommented what the row said before the comment behind its pattern was moved, or null if
 *     none was: rows that differ by such a comment alone do not contradict each other
 */
record RowRecords(
    List<InputRow> records,
    @Nullable Rewritten rewritten,
    @Nullable String remark,
    @Nullable ObjectNode uncommented) {

  /** A row that stays as it was read. */
  static RowRecords of(InputRow row) {
    return new RowRecords(List.of(row), null, null, null);
  }

  /** The same with another rewriting reported. */
  RowRecords with(Rewritten other) {
    return new RowRecords(records, other, remark, uncommented);
  }

  /** The row, as its first record. */
  InputRow row() {
    return records.get(0);
  }

  /** True if it stands for more than one record. */
  boolean several() {
    return records.size() > 1;
  }
}
