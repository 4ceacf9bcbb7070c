package io.sluice.job;

import java.util.Locale;

/** How far a job is. */
public enum JobState {
  /** It waits for a process, or for another job that changes the same records. */
  QUEUED,
  /** A process runs it, or has died over it and will be replaced. */
  RUNNING,
  /** Somebody stopped it, and may let it go on. */
  PAUSED,
  /** Its plan is made and waits for an approval. */
  AWAITING_APPROVAL,
  /** Somebody ended it; what was done stays done. */
  CANCELLED,
  /** It ran to its end, good or bad. */
  FINISHED;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The name in the API and in the database. */
  public String label() {
    return label;
  }

  /** True if nothing more happens by itself. */
  public boolean ended() {
    return this == CANCELLED || this == FINISHED;
  }
}
