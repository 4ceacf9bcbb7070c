package io.sluice.pipeline.imports.results;

import io.sluice.format.InputFault;
import io.sluice.format.OptionNames;
import io.sluice.pipeline.imports.input.Rewritten;
import io.sluice.pipeline.imports.input.ValidatedRow;
import io.sluice.report.RowResult;

/** What a report says of a row besides its result; like results stay alike without it. */
final class RowNotes {
  private static final int LONGEST = 200;

  private RowNotes() {}

  /** With how the row's pattern was rewritten, or would be. */
  static RowResult added(RowResult result, ValidatedRow row, OptionNames names) {
    Rewritten rewritten = row.rewritten();
    return rewritten == null
        ? remedied(result, row, names)
        : with(result, "rewritten from '" + brief(rewritten.written()) + "'");
  }

  /** With what normalizing would do to an invalid row. */
  static RowResult remedied(RowResult result, ValidatedRow row, OptionNames names) {
    for (InputFault fault : row.faults()) {
      if (fault.remedy() != null) {
        return with(result, "with " + names.of("normalize") + " it " + fault.remedy());
      }
    }
    return result;
  }

  private static RowResult with(RowResult result, String note) {
    return result.because(
        result.code(),
        result.pointer(),
        result.message() == null ? note : result.message() + "; " + note);
  }

  private static String brief(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…";
  }
}
