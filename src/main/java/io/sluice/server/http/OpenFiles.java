package io.sluice.server.http;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many files and connections the operating system lets this process have open. */
public final class OpenFiles {
  private static final int MOST_CONNECTIONS = 10_000;
  private static final int FEWEST_CONNECTIONS = 100;
  private static final long UNKNOWN = 4096;

  private OpenFiles() {}

  /** How many connections the service may hold: half of what may be open, within limits. */
  public static int connections() {
    long open =
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            ? unix.getMaxFileDescriptorCount()
            : UNKNOWN;
    return (int) Math.max(FEWEST_CONNECTIONS, Math.min(MOST_CONNECTIONS, open / 2));
  }
}
