package io.sluice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is in the zip that is handed out. */
final class DistributionIT {
  @SuppressWarnings("NullAway.Init")
  private FileSystem zip;

  @SuppressWarnings("NullAway.Init")
  private Path top;

  @BeforeEach
  void open() throws IOException {
    zip = Distribution.open();
    top = Distribution.top(zip);
  }

  @AfterEach
  void close() throws IOException {
    zip.close();
  }

  @Test
  void holdsTheProgramAndWhatBelongsToIt() throws Exception {
    assertThat(top.toString()).matches("/sluice-[0-9][^/]*");
    assertThat(
            List.of(
                "bin/sluice",
                "lib/sluice.jar",
                "config/sluice.yaml",
                "samples/block-senders.csv",
                "samples/systemd/sluice-backup.service",
                "README.md",
                "LICENSE",
                "NOTICE",
                "THIRD-PARTY.txt",
                "sbom.json"))
        .allMatch(name -> Files.isRegularFile(top.resolve(name)));
    assertThat(Files.mismatch(top.resolve("lib/sluice.jar"), jar())).isEqualTo(-1);
    assertThat(Files.readString(top.resolve("bin/sluice"))).doesNotContain("\r");
  }

  @Test
  void holdsAManualPageOfEachCommandWithAllOfItsOptions() throws Exception {
    for (CommandLine command : Commands.parserOf().getSubcommands().values()) {
      if (command.getCommandName().equals("help")) {
        continue;
      }
      Path page = top.resolve("man/man1/sluice-" + command.getCommandName() + ".1");
      String text = Files.readString(page);
      assertThat(text).startsWith(".TH SLUICE-").contains(".SH SYNOPSIS", ".SH EXAMPLES");
      for (OptionSpec option : command.getCommandSpec().options()) {
        assertThat(text).contains(".B ").contains(option.longestName().replace("-", "\\-"));
      }
    }
    assertThat(Files.readString(top.resolve("man/man1/sluice.1"))).contains("sluice\\-export(1)");
  }

  @Test
  void completesCommandsAndOptionsInBash() throws Exception {
    Path script = Files.createTempFile("sluice", ".bash");
    Files.write(script, Files.readAllBytes(top.resolve("completion/sluice.bash")));
    try {
      assertThat(completed(script, "sluice", "exp")).containsExactlyInAnyOrder("export", "explain");
      assertThat(completed(script, "sluice", "import", "--dry")).containsExactly("--dry-run");
    } finally {
      Files.delete(script);
    }
    assertThat(Files.readString(top.resolve("completion/sluice.fish")))
        .contains("__fish_use_subcommand -a export -d ")
        .contains("'__fish_seen_subcommand_from import' -l duplicates -x -a 'refuse first last'");
    assertThat(Files.readString(top.resolve("completion/sluice.zsh"))).contains("bashcompinit");
  }

  private static List<String> completed(Path script, String... words) throws Exception {
    String line = String.join(" ", words);
    Process bash =
        new ProcessBuilder(
                "bash",
                "-c",
                // Outside of an interactive completion bash has no options to set.
                "compopt() { :; }; source '"
                    + script
                    + "'; COMP_WORDS=("
                    + line
                    + "); COMP_CWORD="
                    + (words.length - 1)
                    + "; COMP_LINE='"
                    + line
                    + "'; COMP_POINT="
                    + line.length()
                    + "; _complete_sluice; printf '%s\\n' \"${COMPREPLY[@]}\"")
            .redirectErrorStream(true)
            .start();
    String said = new String(bash.getInputStream().readAllBytes(), UTF_8);
    assertThat(bash.waitFor()).describedAs(said).isZero();
    return said.lines().map(String::strip).toList();
  }

  @Test
  void onlyTheLauncherCanBeExecuted() throws Exception {
    try (Stream<Path> files = Files.walk(top)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        boolean program = file.endsWith("bin/sluice");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .describedAs(file.toString())
            .isEqualTo(program ? "rwxr-xr-x" : "rw-r--r--");
      }
    }
  }

  @Test
  void namesEveryLibraryAndItsLicence() throws Exception {
    String notices = Files.readString(top.resolve("THIRD-PARTY.txt"));

    assertThat(notices)
        .contains("info.picocli:picocli:4")
        .contains("io.netty:netty-handler:4")
        .contains("ch.qos.logback:logback-core:1")
        .contains("org.webjars.npm:chart.js:4")
        .doesNotContain("junit")
        .doesNotContainIgnoringCase("unknown license");
    assertThat(Files.readString(top.resolve("LICENSE"))).contains("Apache License");
    assertThat(texts()).hasSizeGreaterThan(20).anyMatch(name -> name.contains("postgresql"));
    assertThat(Files.readString(top.resolve("licenses/icu4j/LICENSE"))).contains("UNICODE LICENSE");
  }

  @Test
  void theBillOfMaterialsListsWhatIsInTheJar() throws Exception {
    JsonNode bill = JsonMapper.shared().readTree(Files.readString(top.resolve("sbom.json")));
    List<String> names =
        bill.get("components").values().stream().map(part -> part.get("purl").asString()).toList();

    assertThat(bill.get("bomFormat").asString()).isEqualTo("CycloneDX");
    assertThat(bill.at("/metadata/component/name").asString()).isEqualTo("sluice");
    assertThat(names)
        .hasSizeGreaterThan(40)
        .doesNotHaveDuplicates()
        .anyMatch(name -> name.startsWith("pkg:maven/io.projectreactor.netty/reactor-netty-http@"))
        .anyMatch(name -> name.startsWith("pkg:maven/com.h2database/h2@"))
        .anyMatch(name -> name.startsWith("pkg:maven/org.webjars.npm/lit-html@"))
        .noneMatch(name -> name.contains("junit") || name.contains("archunit"));
  }

  private List<String> texts() throws IOException {
    try (Stream<Path> files = Files.walk(top.resolve("licenses"))) {
      return files.filter(Files::isRegularFile).map(Path::toString).toList();
    }
  }

  private static Path jar() {
    return Path.of(System.getProperty("sluice.jar", "target/sluice.jar"));
  }
}
