package io.sluice.pipeline.imports.results;

import io.sluice.format.InputFault;
import io.sluice.format.OptionNames;
import io.sluice.pipeline.imports.input.ValidatedRow;
import io.sluice.report.RowResult;
import org.jspecify.annotations.Nullable;

/**
 * The notes of a report on a row besides its result; like results stay alike without it.
 *
 * @param rewritten how the row's pattern was written before it was normalized, shortened; or null
 * @param remedy what normalizing would do to an invalid row, or null
 */
public record RowNotes(@Nullable String rewritten, @Nullable String remedy) {
  /** Nothing besides. */
  public static final RowNotes NONE = new RowNotes(null, null);

  private static final int LONGEST = 200;

  /** The notes on a validated row. */
  public static RowNotes of(ValidatedRow row) {
    String remedy =
        row.faults().stream()
            .map(InputFault::remedy)
            .filter(remedies -> remedies != null)
            .findFirst()
            .orElse(null);
    String rewritten = row.rewritten() == null ? null : brief(row.rewritten().written());
    return rewritten == null && remedy == null ? NONE : new RowNotes(rewritten, remedy);
  }

  /** The result as the report says it. */
  RowResult inReport(RowResult result, OptionNames names) {
    return rewritten == null
        ? inFailedRows(result, names)
        : with(result, "rewritten from '" + rewritten + "'");
  }

  /** The result as the file of failed rows says it, which holds the row as it was written. */
  RowResult inFailedRows(RowResult result, OptionNames names) {
    return remedy == null
        ? result
        : with(result, "with " + names.of("normalize") + " it " + remedy);
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
