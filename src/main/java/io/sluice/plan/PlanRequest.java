package io.sluice.plan;

import io.sluice.catalog.Resource;
import io.sluice.catalog.Validation;

/**
 * What is to be done with the rows.
 *
 * @param resource what they are records of
 * @param mode what the rows do
 * @param origin where they come from
 * @param level how much is checked of a row that turns out to be a new record
 * @param allowUnprotect whether records may be deleted that cannot be made again, which are domains
 * @param names what options are called in texts
 */
public record PlanRequest(
    Resource resource,
    Mode mode,
    Origin origin,
    Validation.Level level,
    boolean allowUnprotect,
    OptionNames names) {

  /** A request by the command line. */
  public PlanRequest(
      Resource resource, Mode mode, Origin origin, Validation.Level level, boolean allowUnprotect) {
    this(resource, mode, origin, level, allowUnprotect, OptionNames.COMMAND_LINE);
  }
}
