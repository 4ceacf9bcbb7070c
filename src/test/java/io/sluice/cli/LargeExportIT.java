package io.sluice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.SluiceProcess.Ended;
import io.sluice.sandbox.Sandbox;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A large account, within little memory. */
@Tag("slow")
@Isolated
final class LargeExportIT {
  private static final int ROWS = 200_000;

  @TempDir private Path directory = Path.of("");

  @Test
  void twoHundredThousandRecordsAreExactWithin64Megabytes() throws Exception {
    try (Sandbox sandbox = Sandbox.builder().start()) {
      sandbox.account().seed("block_senders", ROWS);
      Ended export =
          new SluiceProcess(directory)
              .against(sandbox)
              .jvm("-Xmx64m")
              .run("export", "-r", "block-senders", "--out", "all.jsonl", "--rate", "100000/1s");

      assertThat(export.exit()).describedAs(export.err()).isZero();
      try (BufferedReader lines = Files.newBufferedReader(directory.resolve("all.jsonl"))) {
        for (byte[] record : sandbox.account().raw("block_senders")) {
          assertThat(lines.readLine()).isEqualTo(new String(record, UTF_8));
        }
        assertThat(lines.readLine()).isNull();
      }
    }
  }
}
