package io.sluice.plan;

import io.sluice.catalog.Resource;
import io.sluice.catalog.Validation;
import io.sluice.format.OptionNames;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The request of a plan.
 *
 * @param resource what they are records of
 * @param mode what the rows do
 * @param origin where they come from
 * @param level how much is checked of a row that turns out to be a new record
 * @param allowUnprotect whether records may be deleted that cannot be made again, which are domains
 * @param distinct whether it is known that no row gives an id and no two rows mean the same record,
 *     so that rows need not be compared with each other
 * @param ownership whose records are worked on, and when they end
 * @param today the day on which the run began
 * @param expiredBefore rows delete records alone whose last day lies before that day; null for all
 */
public record PlanRequest(
    Resource resource,
    Mode mode,
    Origin origin,
    Validation.Level level,
    boolean allowUnprotect,
    boolean distinct,
    Ownership ownership,
    LocalDate today,
    @Nullable LocalDate expiredBefore,
    OptionNames names) {

  /** What puts owners and ends into comments. */
  public Tagging tagging() {
    return new Tagging(resource, ownership, today, origin, names);
  }
}
