package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.cli.SluiceProcess.Ended;
import io.sluice.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    mounted = command("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", small.toString());
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

  @Test
  void anImportThatFilledTheDiskIsResumedOnceThereIsRoom() throws Exception {
    try (Sandbox sandbox = Sandbox.builder().start()) {
      int rows = 3000;
      new BlockList().creates(rows).to(directory.resolve("list.csv"));
      String results = small.resolve("r").toString();
      SluiceProcess sluice = new SluiceProcess(directory).against(sandbox).withoutInput().quick();
      List<String> command =
          List.of("import", "-r", "block-senders", "list.csv", "--results", results);
      List<String> options = List.of("--strategy", "rows", "--rate", "100000/1s");
      Path filler = small.resolve("filler");

      // The plan takes half a megabyte, the journal a whole one, the report half of one.
      int resumed = 0;
      for (int free : new int[] {300, 900, 1200, 1500}) {
        Files.write(filler, new byte[(4096 - free) << 10]);
        boolean begun = Files.exists(small.resolve("r").resolve("journal.ndjson"));
        resumed += begun ? 1 : 0;
        String[] again = begun ? new String[] {"--resume"} : new String[0];
        Ended full = sluice.run(joined(command, options, again));
        assertThat(full.exit()).describedAs(free + ": " + full.err()).isEqualTo(1);
        assertThat(full.err()).contains("the disk is full").doesNotContain("Exception");
        Files.delete(filler);
      }

      assertThat(resumed).describedAs("runs that went on in vain").isPositive();
      Ended last = sluice.run(joined(command, options, "--resume"));
      assertThat(last.exit()).describedAs(last.err()).isZero();
      RunFiles files = new RunFiles(small.resolve("r"));
      files.assertAddsUp(rows);
      assertThat(files.outcomes()).containsOnlyKeys("created");
      assertThat(sandbox.account().creations(BlockList.RESOURCE)).hasSize(rows);
      assertThat(sandbox.account().creations(BlockList.RESOURCE).values()).containsOnly(1);
    }
  }

  private static String[] joined(List<String> command, List<String> options, String... last) {
    return Stream.of(command, options, List.of(last)).flatMap(List::stream).toArray(String[]::new);
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
