package io.sluice.job.approval;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the approval of a job's plan.
 *
 * @param plan the digest of the saved plan
 * @param changes how many changes it has
 * @param deletes how many of them are deletes
 * @param expiresAt when its job is ended; null if it does not wait
 * @param decidedBy who decided; null before a decision
 * @param reason why, in that person's words; null before a decision
 */
public record Approval(
    String job,
    String plan,
    long changes,
    long deletes,
    Instant askedAt,
    @Nullable Instant expiresAt,
    Decision decision,
    @Nullable String decidedBy,
    @Nullable Instant decidedAt,
    @Nullable String reason) {

  /** What became of it. */
  public enum Decision {
    /** It waits. */
    WAITING,
    /** The plan may be carried out. */
    APPROVED,
    /** It may not. */
    REJECTED,
    /** No decision in time. */
    EXPIRED,
    /** The plan falls under no rule. */
    NOT_NEEDED;

    /** The name in the API and in the database. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** True if the saved plan may be carried out. */
  public boolean permits() {
    return decision == Decision.APPROVED || decision == Decision.NOT_NEEDED;
  }
}
