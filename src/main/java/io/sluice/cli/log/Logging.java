package io.sluice.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** How much is logged. The rest is set up by {@link LogSetup}, without any file of settings. */
public final class Logging {
  private Logging() {}

  public static void configure(boolean verbose) {
    if (verbose && LoggerFactory.getLogger("io.sluice") instanceof Logger own) {
      own.setLevel(Level.DEBUG);
    }
  }
}
