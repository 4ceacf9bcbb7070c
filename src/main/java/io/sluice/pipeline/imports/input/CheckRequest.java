package io.sluice.pipeline.imports.input;

import io.sluice.catalog.Resource;
import io.sluice.catalog.Validation;
import io.sluice.format.InputOptions;
import io.sluice.plan.Mode;
import io.sluice.plan.Ownership;

/**
 * How an input is checked.
 *
 * @param resource what its rows are
 * @param input how they are read
 * @param level how much is checked
 * @param mode what the rows are for: those to be created must be whole
 * @param duplicates what becomes of rows that contradict each other
 * @param ownership what is to be said of owners and ends in comments
 */
public record CheckRequest(
    Resource resource,
    InputOptions input,
    Validation.Level level,
    Mode mode,
    Duplicates duplicates,
    Ownership ownership) {

  /** The same with rows that contradict each other refused. */
  public CheckRequest(Resource resource, InputOptions input, Validation.Level level, Mode mode) {
    this(resource, input, level, mode, Duplicates.REFUSE);
  }

  /** The same with owners and ends left as they are. */
  public CheckRequest(
      Resource resource,
      InputOptions input,
      Validation.Level level,
      Mode mode,
      Duplicates duplicates) {
    this(resource, input, level, mode, duplicates, Ownership.NONE);
  }

  /** The same for records of that owner. */
  public CheckRequest with(Ownership other) {
    return new CheckRequest(resource, input, level, mode, duplicates, other);
  }
}
