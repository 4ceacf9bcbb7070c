package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.SluiceProcess.Ended;
import io.sluice.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Options for the JVM, those of the launcher and those of its user. */
@Tag("slow")
final class LauncherOptionsIT {
  @TempDir private Path directory = Path.of("");
  private Path launcher = Path.of("");

  @BeforeEach
  void unpack() throws IOException {
    launcher = Distribution.unpackedIn(directory).resolve("bin/sluice");
  }

  @Test
  void optionsForTheJvmAreSplitAtBlanks() throws Exception {
    Ended run =
        LauncherRun.of(launcher, "--version")
            .with("JAVA_OPTS", "-Xmx64m -XX:+UseParallelGC")
            .with("SLUICE_OPTS", "-Xmx48m  -XX:+PrintCommandLineFlags")
            .run();

    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("MaxHeapSize=50331648", "UseParallelGC");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-Xmx24m", "-Xms8m", "-XX:+UseParallelGC"})
  void whatTheJvmIsToldSaysNothingAmongTheRecords(String options) throws Exception {
    assertThat(exported(options).err()).isEmpty();
  }

  /** The launcher does not look into such files, and chooses nothing that may contradict them. */
  @ParameterizedTest
  @ValueSource(strings = {"@", "-XX:VMOptionsFile="})
  void optionsInAFileAreContradictedByNone(String option) throws Exception {
    Path file = Files.writeString(directory.resolve("jvm.options"), "-XX:+UseG1GC -Xms8m\n");
    exported(option + file);
  }

  private Ended exported(String options) throws Exception {
    try (Sandbox sandbox = Sandbox.builder().start()) {
      sandbox.account().seed("block_senders", 3);
      Ended run =
          LauncherRun.of(launcher, "export", "-r", "block-senders", "--out", "-", "--quiet")
              .with("JAVA_OPTS", options)
              .with("CLOUDFLARE_BASE_URL", sandbox.baseUrl())
              .with("CLOUDFLARE_ACCOUNT_ID", sandbox.account().id())
              .with("CLOUDFLARE_API_TOKEN", sandbox.token())
              .run();

      assertThat(run.exit()).describedAs(run.out() + run.err()).isZero();
      assertThat(run.out().lines()).hasSize(3).allMatch(line -> line.startsWith("{\"id\":"));
      return run;
    }
  }
}
