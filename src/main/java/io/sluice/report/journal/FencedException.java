package io.sluice.report.journal;

import java.io.IOException;
import java.nio.file.Path;

/** Another process has taken the run over, so this one must not write or send anything any more. */
public final class FencedException extends IOException {
  private static final long serialVersionUID = 1L;

  FencedException(Path journal, long own, long other) {
    super(
        journal
            + " was taken over by another process (its fencing number is "
            + other
            + ", this one's "
            + own
            + ")");
  }
}
