package io.sluice.pipeline.imports.saved;

import io.sluice.pipeline.imports.input.CheckSummary;
import io.sluice.pipeline.imports.input.FurtherRecords;
import io.sluice.pipeline.imports.input.InputSource;
import io.sluice.pipeline.imports.input.RunInput;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows that a saved plan was made of, as far as it speaks of them. */
public final class SavedInput implements RunInput {
  private final SavedPlan.Rows rows;
  private final InputSource file;
  private final CheckSummary summary;
  private final FurtherRecords further = new FurtherRecords();

  /**
   * @param file the plan's file
   */
  public SavedInput(SavedPlan.Rows rows, InputSource file) {
    this.rows = rows;
    this.file = file;
    CheckSummary.Rewritings rewritings =
        new CheckSummary.Rewritings(rows.about().rewritten(), 0, 0);
    this.summary = new CheckSummary(rows.about().rows(), 0, 0, 0, 0, List.of(), rewritings, 0);
  }

  /** What the plan says of its kind of records. */
  public SavedPart about() {
    return rows.about();
  }

  /** Goes through the rows from the first one; once before {@link #row} is asked. Blocking. */
  public SavedRows open() throws IOException {
    return rows.open(file);
  }

  /** Notes to which row a record belongs that came along; in their order. */
  public void note(@Nullable SavedRow row) {
    if (row != null && row.row().number() > summary.rows()) {
      further.add(row.inRow());
    }
  }

  @Override
  public CheckSummary summary() {
    return summary;
  }

  @Override
  public long row(long number) {
    return number <= summary.rows() ? number : further.row(number - summary.rows());
  }

  @Override
  public void close() {}
}
