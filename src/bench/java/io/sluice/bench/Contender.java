package io.sluice.bench;

import java.io.IOException;

/** Something that is run again and again and measured each time. */
interface Contender {
  /** What the table calls it. */
  String name();

  /**
   * Runs it once.
   *
   * @throws FailedRun if it did not do what it is there for
   */
  Sample run() throws IOException, InterruptedException;

  /** A contender did not do its work, so that its time means nothing. */
  final class FailedRun extends IOException {
    private static final long serialVersionUID = 1L;

    FailedRun(String contender, String why) {
      super(contender + ": " + why);
    }
  }
}
