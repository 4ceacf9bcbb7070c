package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.SluiceProcess.Ended;
import io.sluice.sandbox.Sandbox;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command writes: to a reader that goes away, in colours, and of a port that is taken. */
@Tag("slow")
final class OutputIT {
  private static final String RED = "\u001b[31m";

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = Sandbox.builder().start();

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"resources", "import --help", "export -r block-senders --out - -q"})
  void aReaderThatGoesAwayEndsItQuietly(String command) throws Exception {
    sandbox.account().seed("block_senders", 5_000);
    String program = "java -jar '" + System.getProperty("sluice.jar") + "' " + command;
    Ended ended =
        sluice().shell("{ " + program + "; echo \"exit $?\" >&2; } | head -n 1 > /dev/null");

    assertThat(ended.err()).isIn("exit 141\n", "exit 0\n");
  }

  @Test
  void whatCannotBeReadOrWrittenIsSaid() throws Exception {
    String program = "java -jar '" + System.getProperty("sluice.jar") + "' ";
    Ended version = sluice().shell(program + "--version > /dev/full");
    assertThat(version.exit()).isNotZero();
    assertThat(version.err()).contains("standard output could not be written");
    Ended closed = sluice().shell(program + "validate -r block-senders - <&-");
    assertThat(closed.exit()).isEqualTo(2);
    assertThat(closed.err()).contains("standard input is closed");
  }

  @Test
  void whatIsToldToAlwaysUseColoursDoes() throws Exception {
    Ended help = sluice().run("export", "--help", "--color=always");
    assertThat(help.out()).contains("\u001b[1m");
    Ended refused = sluice().run("verify", "nowhere", "--color", "always");
    assertThat(refused.err()).startsWith(RED + "sluice: ");
    Ended wrong = sluice().run("verify", "--nothing", "--color", "always");
    assertThat(wrong.err()).startsWith(RED + "sluice: ");
    assertThat(sluice().run("verify", "nowhere").err()).startsWith("sluice: ");
    Ended plain = sluice().run("export", "--help", "--color=never");
    assertThat(plain.out()).doesNotContain("\u001b");
  }

  @Test
  void aPortThatIsTakenIsSaidToBe() throws Exception {
    String port = sandbox.baseUrl().replaceFirst(".*:([0-9]+)/.*", "$1");
    Ended refused = sluice().run("sandbox", "--port", port);
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("port " + port).contains("another one with --port");
  }

  @Test
  void migrateAndDiffListOnlyWhatTheyTake() throws Exception {
    for (String command : new String[] {"migrate", "diff"}) {
      assertThat(sluice().run(command, "--help").out())
          .contains("--rate", "--max-outage")
          .doesNotContain("--token-file", "--account", "--base-url", "--profile=");
      assertThat(sluice().run(command, "a", "b", "--account", "x").exit()).isEqualTo(2);
    }
  }

  private SluiceProcess sluice() {
    return new SluiceProcess(directory).against(sandbox).withoutInput().quick();
  }
}
