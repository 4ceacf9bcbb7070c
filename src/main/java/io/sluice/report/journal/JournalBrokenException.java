package io.sluice.report.journal;

import java.io.IOException;
import java.nio.file.Path;

/** A journal holds something that Sluice did not write, other than a last line cut short. */
public final class JournalBrokenException extends IOException {
  private static final long serialVersionUID = 1L;

  JournalBrokenException(Path journal, long line, String problem) {
    super(journal + ", line " + line + ": " + problem);
  }
}
