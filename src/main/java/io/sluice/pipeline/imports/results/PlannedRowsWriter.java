package io.sluice.pipeline.imports.results;

import io.sluice.pipeline.imports.PlannedRow;
import io.sluice.report.FailedJsonl;
import io.sluice.report.RowResult;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows that are left of a saved plan as the records that they say, since the plan's
 * input is not at hand. Blocking; for one thread at a time.
 */
final class PlannedRowsWriter implements LeftRows {
  private final FailedJsonl file;
  private long without;

  /**
   * @param directory where the file goes
   */
  PlannedRowsWriter(Path directory) {
    this.file = FailedJsonl.in(directory);
  }

  @Override
  public void add(PlannedRow first, RowResult result) throws IOException {
    if (first instanceof PlannedRow.Pending pending) {
      file.add(result, pending.change().said().toString());
    } else {
      without++;
    }
  }

  @Override
  public @Nullable Path finish() throws IOException {
    return file.finish().orElse(null);
  }

  @Override
  public @Nullable String unwritten() {
    return without == 0
        ? null
        : without
            + (without == 1 ? " row" : " rows")
            + " that could not be planned: see the results of the run that made the plan;"
            + " the report names them by their lines";
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
