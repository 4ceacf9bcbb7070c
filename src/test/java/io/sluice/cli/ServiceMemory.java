package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * What the process of a service holds, in MiB.
 *
 * @param heap what is left of the heap after a collection
 * @param resident what the system has given it by now
 * @param peak the most that the system ever gave it
 */
record ServiceMemory(long heap, long resident, long peak) {
  private static final long MIB = 1 << 20;

  /** What it holds now; everything that nobody needs is collected first. */
  static ServiceMemory of(ServiceProcess service) throws Exception {
    Process collection =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(service.process().pid()),
                "GC.run")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(collection.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(collection.exitValue()).isZero();
    double heap =
        service
            .operator()
            .get("/metrics")
            .text()
            .lines()
            .filter(line -> line.startsWith("sluice_jvm_memory_used_bytes{area=\"heap\""))
            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
            .sum();
    return new ServiceMemory(
        (long) heap / MIB, status(service, "VmRSS:"), status(service, "VmHWM:"));
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
