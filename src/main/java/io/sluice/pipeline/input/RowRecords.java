package io.sluice.pipeline.input;

import io.sluice.format.InputRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row and the records that it stands for: nearly always one.
 *
 * @param records one or more, each with the row's number, line, faults and source
 * @param rewritten how its pattern was rewritten, or null
 * @param remark what it is in place of an indicator, or null
 */
record RowRecords(List<InputRow> records, @Nullable Rewritten rewritten, @Nullable String remark) {

  /** A row that stays as it was read. */
  static RowRecords of(InputRow row) {
    return new RowRecords(List.of(row), null, null);
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
