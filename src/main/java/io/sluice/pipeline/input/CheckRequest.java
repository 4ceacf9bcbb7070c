package io.sluice.pipeline.input;

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
 */
public record CheckRequest(
    Resource resource, InputOptions input, Validation.Level level, Mode mode) {}
