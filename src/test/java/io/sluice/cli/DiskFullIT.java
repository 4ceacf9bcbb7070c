package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.cli.SluiceProcess.Ended;
import io.sluice.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is too small, for which a memory file system of 2 MiB is mounted. */
@Tag("slow")
final class DiskFullIT {
  @TempDir private Path directory = Path.of("");
  private Path small = Path.of("");
  private boolean mounted;

  @BeforeEach
  void mount() throws Exception {
    small = Files.createDirectory(directory.resolve("small"));
    mounted = command("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", small.toString());
    assumeTrue(mounted, "mounting a tmpfs needs root on Linux");
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      command("umount", small.toString());
    }
  }

  @Test
  void aFullDiskLeavesNoSnapshotAndSaysSo() throws Exception {
    try (Sandbox sandbox = Sandbox.builder().start()) {
      sandbox.account().seed("block_senders", 20_000);
      SluiceProcess sluice = new SluiceProcess(directory).against(sandbox);

      Ended export = sluice.run("export", "--to", small.resolve("b").toString());

      assertThat(export.exit()).isEqualTo(1);
      assertThat(export.err()).contains("the disk is full").contains("make room");
      try (Stream<Path> files = Files.list(small.resolve("b"))) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .containsExactly(".sluice.lock");
      }
    }
  }

  private static boolean command(String... words) throws IOException, InterruptedException {
    try {
      Process process =
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException noSuchCommand) {
      return false;
    }
  }
}
