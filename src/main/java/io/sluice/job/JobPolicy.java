package io.sluice.job;

import io.sluice.job.approval.ApprovalPolicy;
import java.time.Duration;

/**
 * What the service demands of jobs and keeps of them.
 *
 * @param keepAudit how long entries of the audit trail are kept; zero for ever
 * @param approval which plans somebody else has to approve
 */
public record JobPolicy(Duration keepAudit, ApprovalPolicy approval) {
  /** Nothing is demanded, and everything kept. */
  public static final JobPolicy NONE = new JobPolicy(Duration.ZERO, ApprovalPolicy.NONE);
}
