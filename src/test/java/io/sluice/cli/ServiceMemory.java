package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the process of a service holds, in MiB.
 *
 * @param heap what is reachable
 * @param resident what the system has given it by now
 * @param peak the most that the system ever gave it
 */
record ServiceMemory(long heap, long resident, long peak) {
  private static final long MIB = 1 << 20;

  /** The last line of a class histogram: instances, then bytes. */
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+[0-9]+\\s+([0-9]+)");

  /** What it holds now. */
  static ServiceMemory of(ServiceProcess service) throws Exception {
    return new ServiceMemory(
        reachable(service) / MIB, status(service, "VmRSS:"), status(service, "VmHWM:"));
  }

  /** In bytes; counting them begins with a collection, and nothing is made while it lasts. */
  private static long reachable(ServiceProcess service) throws Exception {
    Process count =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(service.process().pid()),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String classes = new String(count.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(count.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(count.exitValue()).describedAs(classes).isZero();
    Matcher total = TOTAL.matcher(classes);
    assertThat(total.find()).describedAs(classes).isTrue();
    return Long.parseLong(total.group(1));
  }

  private static long status(ServiceProcess service, String name) throws IOException {
    Path status = Path.of("/proc", Long.toString(service.process().pid()), "status");
    String line =
        Files.readAllLines(status).stream()
            .filter(some -> some.startsWith(name))
            .findFirst()
            .orElseThrow();
    return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
  }
}
