package io.sluice.report;

import java.io.IOException;
import java.nio.file.Path;

/** A results directory holds the results of an earlier run. A matter of usage: exit code 2. */
public final class ResultsUsedException extends IOException {
  private static final long serialVersionUID = 1L;

  ResultsUsedException(Path directory) {
    super(
        directory
            + " holds the results of an earlier run; --resume goes on with it, or give another"
            + " directory to --results");
  }
}
