package io.sluice.job.approval;

import io.sluice.plan.Mode;
import java.util.Locale;

/** Which plans another person has to approve. */
public enum ApprovalRule {
  /** None. */
  NONE,
  /** Those that delete records. */
  DELETES,
  /** All that change something. */
  ALL;

  /** The name on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** True if a job of that mode may need an approval, so that its plan is made and saved first. */
  public boolean concerns(Mode mode) {
    return this == ALL || (this == DELETES && mode.deletes());
  }

  /** True if a plan of so many changes needs an approval. */
  public boolean demands(long changes, long deletes) {
    return this == ALL ? changes > 0 : this == DELETES && deletes > 0;
  }
}
