package io.sluice.pipeline.imports.input;

import io.sluice.catalog.Resource;
import io.sluice.catalog.Validation;
import io.sluice.format.InputOptions;
import io.sluice.plan.Mode;

/**
 * How an input is checked.
 *
 * @param resource what its rows are
 * @param input how they are read
 * @param level how much is checked
 * @param mode what the rows are for: those to be created must be whole
 * @param duplicates what becomes of rows that contradict each other
 */
public record CheckRequest(
    Resource resource,
    InputOptions input,
    Validation.Level level,
    Mode mode,
    Duplicates duplicates) {

  /** The same with rows that contradict each other refused. */
  public CheckRequest(Resource resource, InputOptions input, Validation.Level level, Mode mode) {
    this(resource, input, level, mode, Duplicates.REFUSE);
  }
}
