package io.sluice.pipeline.input;

import io.sluice.catalog.Resource;
import io.sluice.catalog.Validation;
import io.sluice.format.InputOptions;

/**
 * How an input is checked.
 *
 * @param resource what its rows are
 * @param input how they are read
 * @param level how much is checked
 * @param creates whether rows without an id may be created, and so must be whole
 */
public record CheckRequest(
    Resource resource, InputOptions input, Validation.Level level, boolean creates) {}
