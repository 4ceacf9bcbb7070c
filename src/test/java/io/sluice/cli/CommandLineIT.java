package io.sluice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.cli.SluiceProcess.Ended;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.fault.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Exit codes, messages and summaries of the packaged jar. */
final class CommandLineIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = Sandbox.builder().awkward(true).start();

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void anExportCanBeVerifiedAndDamageIsFound() throws Exception {
    Ended export = sluice().run("export", "--to", "backups", "--json");
    assertThat(export.exit()).describedAs(export.err()).isZero();
    JsonNode summary = JSON.readTree(export.out());
    assertThat(summary.get("exit").intValue()).isZero();
    assertThat(summary.get("consistent").booleanValue()).isTrue();
    String snapshot = summary.get("snapshot").stringValue();

    assertThat(sluice().run("verify", snapshot).exit()).isZero();

    Path file = directory.resolve(snapshot).resolve("domains.jsonl");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    Ended verify = sluice().run("verify", snapshot);
    assertThat(verify.exit()).isEqualTo(9);
    assertThat(verify.out()).contains("FAILED  domains.jsonl").contains("DAMAGED");
  }

  @Test
  void standardOutputCarriesNothingButRecords() throws Exception {
    Ended export = sluice().run("export", "-r", "block-senders", "--out", "-");

    assertThat(export.exit()).isZero();
    assertThat(export.out().lines().toList())
        .isEqualTo(
            sandbox.account().raw("block_senders").stream()
                .map(record -> new String(record, UTF_8))
                .toList());
    assertThat(export.err()).contains("block-senders");
  }

  @Test
  void oneResourceGoesToOneFile() throws Exception {
    Ended export =
        sluice().run("export", "-r", "trusted_domains", "--out", "t.csv", "--format", "csv");

    assertThat(export.exit()).isZero();
    assertThat(Files.readString(directory.resolve("t.csv")))
        .startsWith("id,pattern,is_regex,is_recent,is_similarity,comments,");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString())).containsExactly("t.csv");
    }
  }

  @Test
  void everyFailureHasItsExitCodeAndSaysWhatToDo() throws Exception {
    assertFailure(
        sluice().with("CLOUDFLARE_API_TOKEN", "wrong-token").run("export", "--to", "b"),
        5,
        "token");
    assertFailure(
        sluice().with("CLOUDFLARE_ACCOUNT_ID", "ffff").run("export", "--to", "b"), 5, "account");
    assertFailure(
        sluice().with("CLOUDFLARE_API_TOKEN", "").run("export", "--to", "b"),
        2,
        "CLOUDFLARE_API_TOKEN");
    assertFailure(sluice().run("export"), 2, "--to DIR");
    assertFailure(sluice().run("exprot"), 2, "export");
    assertFailure(sluice().run("export", "-r", "x", "--to", "b"), 2, "block-senders");
    assertFailure(sluice().run("verify", "nowhere"), 2, "nowhere");
    assertFailure(sluice().run("verify", "."), 9, "export --to");
  }

  @Test
  void aFailureWithJsonIsOneObjectOnStandardOutput() throws Exception {
    Ended failed =
        sluice().with("CLOUDFLARE_API_TOKEN", "wrong-token").run("export", "--to", "b", "--json");

    JsonNode failure = JSON.readTree(failed.out());
    assertThat(failed.exit()).isEqualTo(5);
    assertThat(failure.get("exit").intValue()).isEqualTo(5);
    JsonNode error = failure.get("error");
    assertThat(error.get("code").stringValue()).isEqualTo("not_authenticated");
    assertThat(error.get("http_status").intValue()).isEqualTo(401);
    assertThat(error.get("ray_id").stringValue()).isNotEmpty();
    assertThat(error.get("hint").stringValue()).isNotEmpty();

    Ended usage = sluice().run("export", "--out", "-", "-r", "domains", "--json");
    assertThat(usage.exit()).isEqualTo(2);
    assertThat(JSON.readTree(usage.out()).at("/error/code").stringValue()).isEqualTo("usage");
  }

  @Test
  void aListThatKeepsMovingExitsWithEight() throws Exception {
    sandbox.faults().onList("domains").then(Fault.totalOffBy(3));
    Ended export = sluice().run("export", "-r", "domains", "--to", "b");

    assertThat(export.exit()).isEqualTo(8);
    assertThat(export.out()).contains("NOT CONSISTENT");
    assertThat(export.err()).contains("kept changing");
  }

  @Test
  void theTokenIsInNothingThatIsPrintedOrWritten() throws Exception {
    sandbox.faults().onList("block_senders").times(3).then(Fault.html(502));
    sandbox.faults().onList("domains").times(1).then(Fault.reset());
    Ended export = sluice().run("export", "--to", "b", "-v");
    Ended refused = sluice().with("CLOUDFLARE_ACCOUNT_ID", "ffff").run("export", "--to", "b", "-v");

    assertThat(export.exit()).isZero();
    assertThat(export.out() + export.err() + refused.out() + refused.err())
        .doesNotContain(sandbox.token());
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file)).doesNotContain(sandbox.token());
      }
    }
  }

  @Test
  void whatTheServerSaysCannotSteerTheTerminal() throws Exception {
    sandbox.faults().everywhere().then(Fault.status(403, 9109, "no \u001b[31m\u202eentry\u0007"));
    Ended refused = sluice().run("export", "--to", "b", "-v");

    assertThat(refused.exit()).isEqualTo(5);
    assertThat(refused.err())
        .contains("no \\u001b[31m\\u202eentry\\u0007")
        .doesNotContain("\u001b")
        .doesNotContain("\u202e")
        .doesNotContain("\u0007");
  }

  @Test
  void aSummaryThatCannotBeWrittenIsNoSuccess() throws Exception {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "only Linux has /dev/full");
    Process process = sluice().startInto(full, "export", "--to", "b", "--json");
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
  }

  @Tag("slow")
  @Test
  void theDemoWithJsonIsOneObject() throws Exception {
    Ended demo = new SluiceProcess(directory).run("demo", "--json");
    assertThat(demo.exit()).isZero();
    JsonNode json = JSON.readTree(demo.out());
    assertThat(json.get("sound").booleanValue()).isTrue();
    assertThat(json.at("/import/counts/created").intValue()).isEqualTo(5000);
    assertThat(json.at("/import_again/counts/unchanged").intValue()).isEqualTo(5000);
    assertThat(demo.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"export", "import", "verify", "validate", "resources", "sandbox", "demo"})
  void everyCommandHasHelpWithAnExample(String command) throws Exception {
    Ended help = sluice().run(command, "--help");

    assertThat(help.exit()).isZero();
    assertThat(help.out()).contains("Usage: sluice " + command).contains("Example");
    assertThat(help.err()).isEmpty();
  }

  @Test
  void theCatalogueIsPrintedForPeopleAndForScripts() throws Exception {
    assertThat(sluice().run("resources").out()).contains("impersonation-registry");
    JsonNode json = JSON.readTree(sluice().run("resources", "--json").out());
    assertThat(json.get("resources")).hasSize(8);
  }

  @Test
  void aFileIsCheckedWithoutAnyCall() throws Exception {
    Files.write(
        directory.resolve("blocked.csv"),
        List.of(
            "Blocked Sender, Blocked Sender Type, Is Regex, Notes",
            "a@example.com, EMAIL, FALSE, fine",
            "a@, EMAIL, FALSE, an \u001b[31mescape"));
    Ended bad = sluice().run("validate", "-r", "block-senders", "blocked.csv");
    assertThat(bad.exit()).isEqualTo(4);
    assertThat(bad.out())
        .contains("line 3, Blocked Sender: 'a@' invalid e-mail address")
        .contains("2 rows: 1 valid, 1 invalid");

    Ended skipped =
        sluice().run("validate", "-r", "block-senders", "blocked.csv", "--skip-invalid", "--json");
    assertThat(skipped.exit()).isEqualTo(3);
    assertThat(JSON.readTree(skipped.out()).at("/faults/0/line").intValue()).isEqualTo(3);

    assertFailure(sluice().run("validate", "-r", "block-senders", "none.csv"), 2, "none.csv");
    assertFailure(
        sluice().run("validate", "-r", "domains", "blocked.csv"), 4, "say -r block-senders");
    assertThat(sandbox.requestLog().total()).isZero();
  }

  @Tag("slow")
  @Test
  void theDemoNeedsNothingAndCanBeRepeated() throws Exception {
    Ended demo = new SluiceProcess(directory).run("demo");

    assertThat(demo.exit()).describedAs(demo.err()).isZero();
    assertThat(demo.out())
        .contains("the snapshot is whole")
        .contains("  created           5,000")
        .contains("  unchanged         5,000");
    assertThat(demo.err()).contains("1,2,created,create,");
    Path place = directory.resolve("sluice-demo");
    assertThat(place.resolve("backups")).isDirectory();
    assertThat(place.resolve("block-senders.csv"))
        .hasSameTextualContentAs(Path.of("samples", "block-senders.csv"));

    Ended again = new SluiceProcess(directory).run("demo", "--quiet");
    assertThat(again.exit()).describedAs(again.err()).isZero();
    assertThat(again.out()).isEmpty();
    try (Stream<Path> runs = Files.list(place.resolve("results"))) {
      assertThat(runs).hasSize(6);
    }
  }

  @Test
  void anImportSaysHowToGoOnAndTheCommandWorks() throws Exception {
    Files.write(
        directory.resolve("b.csv"),
        List.of("pattern", "a.example", "10.0.0.1", "b.example", "c.example"));
    Ended refused = sluice().run("import", "-r", "block-senders", "b.csv", "--validation", "off");

    assertThat(refused.exit()).isEqualTo(3);
    assertThat(refused.out()).contains("created               3", "failed                1");
    String command =
        refused
            .out()
            .lines()
            .filter(line -> line.startsWith("  java -jar "))
            .findFirst()
            .orElse("");
    String[] words = command.substring(command.indexOf("import")).split(" ", -1);
    Path failed = directory.resolve(words[3]);
    Files.writeString(failed, Files.readString(failed).replace("10.0.0.1", "192.0.2.1"));

    Ended mended = sluice().run(words);
    assertThat(mended.exit()).describedAs(mended.err()).isZero();
    assertThat(mended.out()).contains("created               1");
  }

  @Test
  void aMirrorAsksOnlyWhereSomebodyAnswers() throws Exception {
    Files.write(directory.resolve("t.csv"), List.of("pattern", "kept.example"));
    List<byte[]> before = sandbox.account().raw("trusted_domains");
    String[] mirror = {
      "import", "-r", "trusted-domains", "t.csv", "--mode", "mirror", "--max-deletes", "100%"
    };
    assertFailure(sluice().run(mirror), 2, "--yes");
    assertThat(sandbox.account().raw("trusted_domains")).hasSameSizeAs(before);
  }

  @Test
  void aProfileIsAUnit() throws Exception {
    Files.write(
        directory.resolve("profiles.yaml"),
        List.of(
            "profiles:",
            "  lab:",
            "    account: " + sandbox.account().id(),
            "    token: env:LAB_TOKEN",
            "    base-url: " + sandbox.baseUrl()));
    SluiceProcess elsewhere =
        new SluiceProcess(directory)
            .with("CLOUDFLARE_ACCOUNT_ID", "another")
            .with("CLOUDFLARE_API_TOKEN", "another-token")
            .with("LAB_TOKEN", sandbox.token());

    Ended export =
        elsewhere.run("export", "--profile", "lab", "--config", "profiles.yaml", "--to", "b");
    assertThat(export.exit()).describedAs(export.err()).isZero();
    assertFailure(
        elsewhere.run("export", "--profile", "x", "--config", "profiles.yaml", "--to", "b"),
        2,
        "lab");
  }

  private SluiceProcess sluice() {
    return new SluiceProcess(directory).against(sandbox).quick();
  }

  private static void assertFailure(Ended ended, int exit, String says) {
    assertThat(ended.exit()).describedAs(ended.err()).isEqualTo(exit);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).contains(says).doesNotContain("\tat ").doesNotContain("Exception");
  }
}
