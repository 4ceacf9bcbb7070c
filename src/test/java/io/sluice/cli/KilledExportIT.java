package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sandbox.Sandbox;
import io.sluice.snapshot.Snapshot;
import io.sluice.snapshot.Verifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An export that is ended from outside leaves a complete snapshot or none. */
@Tag("slow")
final class KilledExportIT {
  private static final int KILLS = 30;
  private static final int ROWS = 20_000;

  @TempDir private Path directory = Path.of("");
  private final Set<String> whole = new HashSet<>();

  @Test
  void afterKillNineNothingHalfDoneShowsAndTheNextRunCleansUp() throws Exception {
    Random random = new Random(KilledRuns.SEED);
    try (Sandbox sandbox = Sandbox.builder().latency(Duration.ofMillis(20)).start()) {
      sandbox.account().seed("block_senders", ROWS);
      int beginning =
          KilledRuns.untilFirstCall(sluice(sandbox).start("export", "--to", "b"), sandbox);
      int killed = 0;
      for (int start = 0; killed < KILLS && start < 3 * KILLS; start++) {
        int calls = start % 4 == 0 ? 0 : 1 + random.nextInt(2 * ROWS / 1000);
        int millis = random.nextInt(calls == 0 ? beginning : 40);
        killed += killed(sandbox, calls, millis) ? 1 : 0;
        assertEverySnapshotIsWhole(
            "seed %d, start %d: killed after %d calls and %d ms"
                .formatted(KilledRuns.SEED, start, calls, millis));
      }
      assertThat(killed).isEqualTo(KILLS);

      assertThat(sluice(sandbox).run("export", "--to", "b").exit()).isZero();
      assertEverySnapshotIsWhole("at the end");
      assertThat(names()).noneMatch(name -> name.endsWith(".partial"));
    }
  }

  /** Starts an export and kills it so long after so many calls; false if it had ended before. */
  private boolean killed(Sandbox sandbox, int calls, int millis) throws Exception {
    long before = sandbox.requestLog().total();
    Process process = sluice(sandbox).start("export", "--to", "b");
    KilledRuns.await(process, () -> sandbox.requestLog().total() >= before + calls);
    process.waitFor(millis, TimeUnit.MILLISECONDS);
    boolean alive = process.isAlive();
    process.destroyForcibly().waitFor();
    return alive;
  }

  @Test
  void sigtermCleansUpAndExitsWith130() throws Exception {
    try (Sandbox sandbox = Sandbox.builder().latency(Duration.ofMillis(300)).start()) {
      sandbox.account().seed("block_senders", ROWS);
      Process process = sluice(sandbox).start("export", "--to", "b");
      while (sandbox.requestLog().total() < 8) {
        assertThat(process.waitFor(50, TimeUnit.MILLISECONDS)).isFalse();
      }
      process.destroy();

      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(130);
      assertThat(names()).containsExactly(".sluice.lock");
    }
  }

  private SluiceProcess sluice(Sandbox sandbox) {
    return new SluiceProcess(directory).against(sandbox).quick();
  }

  private List<String> names() throws Exception {
    if (Files.notExists(directory.resolve("b"))) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory.resolve("b"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void assertEverySnapshotIsWhole(String when) throws Exception {
    for (String name : names()) {
      if (!name.startsWith(".") && whole.add(name)) {
        Snapshot snapshot = Snapshot.open(directory.resolve("b").resolve(name));
        assertThat(Verifier.verify(snapshot).sound()).describedAs(when).isTrue();
        assertThat(snapshot.manifest().rows()).isEqualTo(ROWS);
      }
    }
  }
}
