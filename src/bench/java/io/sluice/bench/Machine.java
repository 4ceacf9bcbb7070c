package io.sluice.bench;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/** What the figures were measured on. */
final class Machine {
  private Machine() {}

  /** One line: cores, memory, Java and how busy the machine was before anything was run. */
  static String describe() {
    Runtime runtime = Runtime.getRuntime();
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return String.format(
        Locale.ROOT,
        "%d cores, %s %s, %s %s, default heap %d MiB, load %s before the first run",
        runtime.availableProcessors(),
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        System.getProperty("java.vm.name"),
        System.getProperty("java.vm.version"),
        runtime.maxMemory() >> 20,
        load < 0 ? "n/a" : String.format(Locale.ROOT, "%.1f", load));
  }
}
