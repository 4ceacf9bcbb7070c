package io.sluice.job.approval;

import java.time.Duration;

/**
 * What is demanded of plans.
 *
 * @param expires how long a plan waits before its job is ended
 * @param drift which share of an approved plan's changes may concern records that have moved, from
 *     0 to 1, before the plan is made again and waits again
 */
public record ApprovalPolicy(ApprovalRule rule, Duration expires, double drift) {
  /** Nothing. */
  public static final ApprovalPolicy NONE =
      new ApprovalPolicy(ApprovalRule.NONE, Duration.ofDays(7), 0);
}
