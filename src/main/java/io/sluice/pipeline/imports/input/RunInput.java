package io.sluice.pipeline.imports.input;

import java.io.Closeable;

/** The rows of a run as its results speak of them: those of a file, or of a saved plan. */
public interface RunInput extends Closeable {
  /** What judging them found, in numbers. */
  CheckSummary summary();

  /** The number of the row that a record belongs to, by the record's number. */
  long row(long number);
}
