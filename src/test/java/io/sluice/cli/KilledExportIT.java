package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.pipeline.SnapshotCheck;
import io.sluice.sandbox.Sandbox;
import io.sluice.snapshot.Snapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An export that is ended from outside leaves a complete snapshot or none. */
@Tag("slow")
final class KilledExportIT {
  private static final long SEED = 20261121;
  private static final int KILLS = 12;

  @TempDir private Path directory = Path.of("");

  @Test
  void afterKillNineNothingHalfDoneShowsAndTheNextRunCleansUp() throws Exception {
    Random random = new Random(SEED);
    try (Sandbox sandbox = Sandbox.builder().latency(Duration.ofMillis(20)).start()) {
      sandbox.account().seed("block_senders", 60_000);
      for (int kill = 0; kill < KILLS; kill++) {
        Process process = sluice(sandbox).start("export", "--to", "b");
        process.waitFor(600 + random.nextInt(1200), TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
        assertEverySnapshotIsWhole("seed " + SEED + ", kill " + kill);
      }

      assertThat(sluice(sandbox).run("export", "--to", "b").exit()).isZero();
      assertEverySnapshotIsWhole("at the end");
      assertThat(names()).noneMatch(name -> name.endsWith(".partial"));
    }
  }

  @Test
  void sigtermCleansUpAndExitsWith130() throws Exception {
    try (Sandbox sandbox = Sandbox.builder().latency(Duration.ofMillis(300)).start()) {
      sandbox.account().seed("block_senders", 60_000);
      Process process = sluice(sandbox).start("export", "--to", "b");
      while (sandbox.traffic().total() < 8) {
        assertThat(process.waitFor(50, TimeUnit.MILLISECONDS)).isFalse();
      }
      process.destroy();

      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(130);
      assertThat(names()).containsExactly(".sluice.lock");
    }
  }

  private SluiceProcess sluice(Sandbox sandbox) {
    return new SluiceProcess(directory).against(sandbox);
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
      if (!name.startsWith(".")) {
        Snapshot snapshot = Snapshot.open(directory.resolve("b").resolve(name));
        assertThat(SnapshotCheck.verify(snapshot).sound()).describedAs(when).isTrue();
        assertThat(snapshot.manifest().rows()).isEqualTo(60_000);
      }
    }
  }
}
