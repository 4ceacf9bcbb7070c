package io.sluice.pipeline.imports.results;

import io.sluice.pipeline.imports.PlannedRow;
import io.sluice.report.RowResult;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Writes the rows that are left to do, in the order of the input. Blocking. */
interface LeftRows extends Closeable {
  /**
   * Adds the row of that result.
   *
   * @param first the first of the row's records, as it was planned
   */
  void add(PlannedRow first, RowResult result) throws IOException;

  /** Puts the file in its place; null if no row is left to do, or none can be written. */
  @Nullable Path finish() throws IOException;

  /** Why rows that are left are in no such file; null if they are. */
  @Nullable String unwritten();
}
