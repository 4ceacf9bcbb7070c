package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process has used, as Linux reports in {@code /proc} (proc(5)). Processor time and peak
 * only ever grow, so that looking now and then misses no more than what came after the last look;
 * memory of its own is the most of what was seen.
 */
final class Usage {
  /** How often to look. */
  static final long EVERY_MILLIS = 10;

  /** Linux counts processor time for user space in this unit, whatever the kernel's own is. */
  private static final double TICKS_A_SECOND = 100;

  private final Path status;
  private final Path stat;
  private double peakBytes = Double.NaN;
  private double ownBytes = Double.NaN;
  private double cpuSeconds = Double.NaN;

  Usage(long pid) {
    status = Path.of("/proc", Long.toString(pid), "status");
    stat = Path.of("/proc", Long.toString(pid), "stat");
  }

  /** Takes the figures down, if there are any. */
  void look() {
    try {
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith("VmHWM:")) {
          peakBytes = bytes(line);
        } else if (line.startsWith("RssAnon:")) {
          ownBytes = Double.isNaN(ownBytes) ? bytes(line) : Math.max(ownBytes, bytes(line));
        }
      }
      String text = Files.readString(stat);
      // The second field is a name in parentheses, which may hold blanks.
      String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
      cpuSeconds = (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND;
    } catch (IOException | RuntimeException goneOrNotLinux) {
      // The figures stay as they were last seen.
    }
  }

  private static double bytes(String line) {
    return 1024.0 * Long.parseLong(line.replaceAll("\\D", ""));
  }

  /** All that was resident, pages of mapped files included. */
  double peakBytes() {
    return peakBytes;
  }

  /** What was resident without pages of files, which the system takes back when it needs room. */
  double ownBytes() {
    return ownBytes;
  }

  double cpuSeconds() {
    return cpuSeconds;
  }
}
