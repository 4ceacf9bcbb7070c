package io.sluice.plan;

import io.sluice.catalog.Resource;
import io.sluice.catalog.Validation;
import io.sluice.format.OptionNames;

/**
 * What is to be done with the rows.
 *
 * @param resource what they are records of
 * @param mode what the rows do
 * @param origin where they come from
 * @param level how much is checked of a row that turns out to be a new record
 * @param allowUnprotect whether records may be deleted that cannot be made again, which are domains
 * @param distinct whether it is known that no row gives an id and no two rows mean the same record,
 *     so that rows need not be compared with each other
 * @param names what options are called in texts
 */
public record PlanRequest(
    Resource resource,
    Mode mode,
    Origin origin,
    Validation.Level level,
    boolean allowUnprotect,
    boolean distinct,
    OptionNames names) {

  /** A request by the command line. */
  public PlanRequest(
      Resource resource,
      Mode mode,
      Origin origin,
      Validation.Level level,
      boolean allowUnprotect,
      boolean distinct) {
    this(resource, mode, origin, level, allowUnprotect, distinct, OptionNames.COMMAND_LINE);
  }
}
