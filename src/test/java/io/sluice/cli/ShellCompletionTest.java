package io.sluice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.catalog.Catalog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The shells complete commands, options, their values, and the names of files. */
final class ShellCompletionTest {
  private static final String FILES = "<files>";

  @TempDir private Path directory = Path.of("");
  private Path script = Path.of("");

  @BeforeEach
  void write() throws Exception {
    script = directory.resolve("with blank ü").resolve("sluice.bash");
    Files.createDirectories(script.resolveSibling("."));
    Files.writeString(script, text("bash"));
  }

  @Test
  void bashCompletesCommandsAlsoBehindAnOptionWithItsValue() throws Exception {
    assertThat(bash("sluice", "exp")).containsExactlyInAnyOrder("export", "explain");
    assertThat(bash("sluice", "-q", "imp")).containsExactly("import");
    assertThat(bash("sluice", "--config", "import", "imp")).containsExactly("import");
    assertThat(bash("sluice", "--config", "=", "x.yaml", "imp")).containsExactly("import");
    assertThat(bash("sluice", "help", "pru")).containsExactly("prune");
  }

  @Test
  void bashCompletesEveryOptionOfEveryCommand() throws Exception {
    for (CommandLine command : Commands.parserOf().getSubcommands().values()) {
      assertThat(bash("sluice", command.getCommandName(), "-"))
          .describedAs(command.getCommandName())
          .containsExactlyInAnyOrderElementsOf(
              command.getCommandSpec().options().stream()
                  .filter(option -> !option.hidden())
                  .flatMap(option -> Stream.of(option.names()))
                  .toList());
    }
  }

  @Test
  void bashCompletesTheNamesOfFilesWhereOneIsMeant() throws Exception {
    assertThat(bash("sluice", "import", "block")).containsExactly(FILES);
    assertThat(bash("sluice", "import", "-r", "block-senders", "")).containsExactly(FILES);
    assertThat(bash("sluice", "diff", "a.csv", "b")).containsExactly(FILES);
    for (String option : List.of("--token-file", "--config", "--ca-file")) {
      assertThat(bash("sluice", "whoami", option, "a")).containsExactly(FILES);
      assertThat(bash("sluice", "whoami", option, "=", "a")).containsExactly(FILES);
    }
    assertThat(bash("sluice", "export", "--out", "")).containsExactly(FILES);
    assertThat(bash("sluice", "export", "")).isEmpty();
    assertThat(bash("sluice", "import", "--owner", "")).isEmpty();
  }

  @Test
  void bashCompletesTheValuesThatTheHelpNames() throws Exception {
    assertThat(bash("sluice", "import", "--mode", "up")).containsExactly("upsert", "update");
    assertThat(bash("sluice", "import", "--mode", "=", "mi")).containsExactly("mirror");
    assertThat(bash("sluice", "import", "--mode", "=")).hasSize(5);
    assertThat(bash("sluice", "serve", "--role", ""))
        .containsExactly("viewer", "operator", "approver");
    assertThat(bash("sluice", "serve", "--require-approval", "")).containsExactly("deletes", "all");
    assertThat(bash("sluice", "resources", "dom")).containsExactly("domains");
    assertThat(bash("sluice", "lint", "-r", ""))
        .hasSameSizeAs(Catalog.resources())
        .contains("block-senders");
    assertThat(bash("sluice", "restore", "-r", "domains,al"))
        .containsExactly("domains,allow-policies");
  }

  /** zsh gives a word as it stands, whatever is in it. */
  @Test
  void aWordWithAnEqualsSignIsCompletedAsOne() throws Exception {
    assertThat(bash("sluice", "import", "--mode=mi")).containsExactly("--mode=mirror");
    assertThat(bash("sluice", "diff", "--resource=domains,al"))
        .containsExactly("--resource=domains,allow-policies");
    Files.writeString(directory.resolve("acc 1.yaml"), "");
    assertThat(bash("sluice", "import", "--config=acc"))
        .containsExactly("--config=acc 1.yaml", FILES);
  }

  @Test
  void fishCompletesWhatHasAValueByItsKind() {
    String fish = text("fish");
    assertThat(fish.lines())
        .allMatch(line -> line.startsWith("complete -c sluice ") || line.startsWith("# "))
        .anyMatch(line -> line.contains("-n __fish_use_subcommand -l config -r -F"))
        .anyMatch(line -> line.contains("_from help' -f -a 'export import"))
        .anyMatch(line -> line.contains("_from resources' -f -a 'allow-policies"))
        .anyMatch(line -> line.contains("_from serve' -l role -x -a 'viewer operator approver'"))
        .anyMatch(line -> line.contains("_from export' -f"))
        .anyMatch(line -> line.contains("_from import' -l adopt -d"));
  }

  @Test
  void aManualPageShowsThatAValueMayBeMissing() {
    assertThat(DistributionFiles.all().get("man/man1/sluice-import.1"))
        .contains(".B \\-\\-adopt[=NAME]\n");
    assertThat(DistributionFiles.all().get("man/man1/sluice.1"))
        .contains(".B help\nDisplay help information about the specified command.\n");
  }

  private static String text(String shell) {
    return Objects.requireNonNull(DistributionFiles.all().get("completion/sluice." + shell));
  }

  /** What is offered for the last word, and {@link #FILES} where bash adds the names of files. */
  private List<String> bash(String... words) throws Exception {
    Process bash =
        new ProcessBuilder(
                Stream.concat(
                        Stream.of(
                            "bash",
                            "--noprofile",
                            "--norc",
                            "-c",
                            """
                            set -u
                            compopt() { default=''; }
                            source "$1"; shift
                            default=1 COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
                            COMP_LINE="$*" COMP_POINT=${#COMP_LINE}
                            _complete_sluice
                            for one in ${COMPREPLY[@]+"${COMPREPLY[@]}"}; do echo "$one"; done
                            [ -z "$default" ] || echo '%s'
                            """
                                .replace("%s", FILES),
                            "bash",
                            script.toString()),
                        Stream.of(words))
                    .toList())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    bash.getOutputStream().close();
    String said = new String(bash.getInputStream().readAllBytes(), UTF_8);
    bash.waitFor();
    return said.lines().toList();
  }
}
