package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.SluiceProcess.Ended;
import io.sluice.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Text is UTF-8 whatever the locale of the process says, by {@code java -jar}. Command lines go
 * through a shell that makes the bytes, so that the locale of these tests does not matter.
 */
final class LocaleIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String REMEDY = "set LC_ALL=C.UTF-8";

  /** As UTF-8, and as Latin-1. */
  private static final String NAME = "\"$(printf 'M\\303\\274ller')\"";

  private static final String LATIN_NAME = "\"$(printf 'M\\374ller')\"";

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = Sandbox.builder().start();

  @BeforeEach
  void write() throws Exception {
    Files.writeString(directory.resolve("list.txt"), "evilset.example\n");
    Files.writeString(directory.resolve("a.jsonl"), record("Müller"));
    Files.writeString(directory.resolve("b.jsonl"), record("Möller"));
    Files.writeString(directory.resolve("faulty.csv"), "pattern,comments\nbücher@,x\n");
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void anArgumentThatWasLostIsRefusedBeforeAnythingIsSent() throws Exception {
    Ended set = sluice("LC_ALL=C", "import -r block-senders list.txt --set comments=" + NAME);

    assertThat(set.exit()).isEqualTo(2);
    assertThat(set.err()).contains("argument 6 is not plain ASCII", REMEDY);

    Ended where =
        sluice(
            "LC_ALL=POSIX", "export -r block-senders --json --out o.jsonl --where pattern=" + NAME);
    JsonNode said = JSON.readTree(where.out());
    assertThat(where.exit()).isEqualTo(2);
    assertThat(said.path("exit").intValue()).isEqualTo(2);
    assertThat(said.path("error").path("hint").asString("")).startsWith(REMEDY);
    assertThat(sandbox.requestLog().total()).isZero();
    assertThat(names()).containsExactly("a.jsonl", "b.jsonl", "faulty.csv", "list.txt");
  }

  @Test
  void anArgumentThatIsUtf8ArrivesAndOneThatIsNotIsRefused() throws Exception {
    Ended latin =
        sluice("LC_ALL=C.UTF-8", "import -r block-senders list.txt --set comments=" + LATIN_NAME);
    assertThat(latin.exit()).isEqualTo(2);
    assertThat(latin.err()).contains("argument 6 is not valid UTF-8");
    assertThat(sandbox.requestLog().total()).isZero();

    Ended set = sluice("LC_ALL=C.UTF-8", "import -r block-senders list.txt --set comments=" + NAME);
    assertThat(set.exit()).describedAs(set.err()).isZero();
    assertThat(sandbox.account().records("block_senders").get(0).path("comments").asString(""))
        .isEqualTo("Müller");

    // A replacement character that was typed is one.
    Ended replaced =
        sluice(
            "LC_ALL=C.UTF-8",
            "import -r block-senders list.txt --mode delete --yes"
                + " --set comments=\"$(printf 'a\\357\\277\\275')\" --dry-run");
    assertThat(replaced.exit()).describedAs(replaced.err()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LC_ALL=C",
        "LC_ALL= LC_CTYPE= LANG=",
        "LC_ALL=C.UTF-8 OPTIONS=-Dfile.encoding=ISO-8859-1",
        "LC_ALL=C OPTIONS='-Duser.language=tr -Duser.country=TR'"
      })
  void outputIsUtf8(String environment) throws Exception {
    Ended diff = sluice(environment, "diff -r block-senders a.jsonl b.jsonl --json");

    assertThat(diff.exit()).describedAs(diff.err()).isZero();
    assertThat(diff.out()).contains("bücher.example", "Müller", "Möller");
    JSON.readTree(diff.out().lines().findFirst().orElse(""));
  }

  @Test
  void summariesAndMessagesAreUtf8() throws Exception {
    Ended checked = sluice("LC_ALL=C", "validate -r BLOCK-SENDERS faulty.csv --json");
    assertThat(checked.exit()).isEqualTo(4);
    assertThat(JSON.readTree(checked.out()).path("faults").path(0).path("value").asString(""))
        .isEqualTo("bücher@");

    Ended refused = sluice("LC_ALL=C", "import -r block-senders faulty.csv");
    assertThat(refused.exit()).isEqualTo(4);
    assertThat(refused.out() + refused.err()).contains("bücher@");

    Ended planned = sluice("LC_ALL=C", "import -r block-senders a.jsonl --dry-run --json");
    assertThat(JSON.readTree(planned.out()).path("changes").path(0).path("key").asString(""))
        .isEqualTo("DOMAIN bücher.example");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "XDG_CONFIG_HOME|diff -r block-senders profile:a profile:b",
        "CLOUDFLARE_API_TOKEN|export --to backups",
        "HTTPS_PROXY|export --to backups",
        "HOME|diff -r block-senders profile:a profile:b"
      })
  void aVariableThatWasLostIsRefused(String variable, String command) throws Exception {
    Ended ended = sluice("LC_ALL=C XDG_CONFIG_HOME= " + variable + "=/tmp/" + NAME, command);

    assertThat(ended.exit()).describedAs(ended.err()).isEqualTo(2);
    assertThat(ended.err())
        .contains("the environment variable " + variable + " is not plain ASCII", REMEDY);
    assertThat(sandbox.requestLog().total()).isZero();
  }

  @Test
  void aWorkingDirectoryThatWasLostIsRefusedAndNoOtherIsMade() throws Exception {
    Ended ended =
        shell("mkdir " + NAME + " && cd " + NAME + " && LC_ALL=C " + java("export --to backups"));

    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.err()).contains("the name of the working directory is not", REMEDY);
    assertThat(names()).hasSize(5);
    assertThat(sandbox.requestLog().total()).isZero();

    Ended help = shell("cd " + NAME + " && LC_ALL=C " + java("export --help"));
    assertThat(help.exit()).isZero();
    assertThat(help.out()).contains("--keep");
  }

  @Test
  void whatLiesInASnapshotIsNamedAsItIs() throws Exception {
    Ended export = sluice("LC_ALL=C", "export -q --to backups --keep 1");
    assertThat(export.exit()).describedAs(export.err()).isZero();

    Ended verify =
        shell("mv backups/2* s && : >s/" + NAME + " && LC_ALL=C " + java("verify s --json"));

    assertThat(verify.exit()).describedAs(verify.err()).isZero();
    assertThat(JSON.readTree(verify.out()).path("strangers").path(0).asString(""))
        .isEqualTo("Müller");
  }

  private static String record(String comments) {
    return "{\"pattern\":\"bücher.example\",\"pattern_type\":\"DOMAIN\",\"is_regex\":false,"
        + "\"comments\":\""
        + comments
        + "\"}\n";
  }

  private Ended sluice(String environment, String command) throws Exception {
    return shell("export " + environment + " && " + java(command));
  }

  private Ended shell(String line) throws Exception {
    return new SluiceProcess(directory).against(sandbox).withoutInput().shell(line);
  }

  private static String java(String command) {
    Path jar = Path.of(System.getProperty("sluice.jar", "target/sluice.jar")).toAbsolutePath();
    return "java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC $OPTIONS -jar '" + jar + "' " + command;
  }

  private List<String> names() throws Exception {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
