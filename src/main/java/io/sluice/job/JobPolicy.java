package io.sluice.job;

import io.sluice.config.NotifyTarget;
import io.sluice.job.approval.ApprovalPolicy;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * The rules of the service for approvals, notices and old jobs.
 *
 * @param keepAudit how long entries of the audit trail are kept; zero for ever
 * @param approval which plans need the approval of another person
 * @param targets who gets notices, as the configuration says now
 */
public record JobPolicy(
    Duration keepAudit, ApprovalPolicy approval, Supplier<List<NotifyTarget>> targets) {
  /** The same without notices. */
  public JobPolicy(Duration keepAudit, ApprovalPolicy approval) {
    this(keepAudit, approval, List::of);
  }

  /** Nothing is demanded, and everything kept. */
  public static final JobPolicy NONE = new JobPolicy(Duration.ZERO, ApprovalPolicy.NONE);
}
