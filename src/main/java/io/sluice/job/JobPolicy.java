package io.sluice.job;

import java.time.Duration;

/**
 * What the service demands of jobs and keeps of them.
 *
 * @param keepAudit how long entries of the audit trail are kept; zero for ever
 */
public record JobPolicy(Duration keepAudit) {
  /** Nothing is demanded, and everything kept. */
  public static final JobPolicy NONE = new JobPolicy(Duration.ZERO);
}
