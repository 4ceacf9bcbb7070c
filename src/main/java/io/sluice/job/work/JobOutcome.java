package io.sluice.job.work;

import io.sluice.report.ExitCode;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a job's work ended.
 *
 * @param summary what came of it
 * @param waiting the plan that waits for an approval before anything is changed; null if none does
 */
public record JobOutcome(ExitCode exit, ObjectNode summary, @Nullable Waiting waiting) {
  /** Work that is done. */
  public JobOutcome(ExitCode exit, ObjectNode summary) {
    this(exit, summary, null);
  }

  /**
   * A plan that waits.
   *
   * @param plan its digest
   * @param changes how many changes it has
   * @param deletes how many of them are deletes
   */
  public record Waiting(String plan, long changes, long deletes) {}
}
