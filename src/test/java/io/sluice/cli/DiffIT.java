package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.SluiceProcess.Ended;
import io.sluice.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the packaged jar says of two sides, and how it ends. */
@Tag("slow")
final class DiffIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String LIST = "block_senders";

  @TempDir private Path directory = Path.of("");
  private final Sandbox one = Sandbox.builder().account("one").start();
  private final Sandbox other = Sandbox.builder().account("other").seed(2).start();

  @BeforeEach
  void prepare() throws Exception {
    Files.write(
        directory.resolve("profiles.yaml"),
        List.of(
            "profiles:",
            "  one: {account: one, token: env:ONE, base-url: '" + one.baseUrl() + "'}",
            "  other: {account: other, token: env:OTHER, base-url: '" + other.baseUrl() + "'}"));
    add(one, "a.example", "old");
    add(one, "gone.example", "x");
    add(one, "same.example", "x");
    add(other, "A.EXAMPLE", "n\u001b[31mew");
    add(other, "new.example", "x");
    add(other, "same.example", "x");
  }

  @AfterEach
  void stop() {
    one.close();
    other.close();
  }

  @Test
  void everyDifferenceIsALine() throws Exception {
    Ended diff = sluice("diff", "profile:one", "profile:other", "-r", "block-senders,domains");

    assertThat(diff.exit()).describedAs(diff.err()).isZero();
    assertThat(diff.out().lines())
        .containsExactlyInAnyOrder(
            "from profile:one (account one) to profile:other (account other)",
            "block-senders: 1 created, 1 changed, 1 deleted, 1 alike",
            "  ~ DOMAIN a.example  comments: \"old\" -> \"n\\u001B[31mew\"",
            "  + DOMAIN new.example",
            "  - DOMAIN gone.example",
            "domains: no differences",
            "1 created, 1 changed, 1 deleted");
    assertThat(diff.err()).isEmpty();
    assertThat(sluice("diff", "profile:one", "profile:one", "-q").out())
        .isEqualTo("no differences\n");
    assertThat(one.requestLog().writes() + other.requestLog().writes()).isZero();
  }

  @Test
  void scriptsGetOneObjectALineAndAnExitCode() throws Exception {
    Ended diff = sluice("diff", "profile:one", "profile:other", "--detailed-exitcode", "--json");

    assertThat(diff.exit()).isEqualTo(8);
    List<JsonNode> lines = diff.out().lines().map(JSON::readTree).toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.subList(0, 3))
        .allMatch(line -> line.path("resource").stringValue().equals("block-senders"))
        .extracting(
            line -> line.path("change").stringValue() + " " + line.path("key").stringValue())
        .containsExactlyInAnyOrder(
            "changed DOMAIN a.example",
            "created DOMAIN new.example",
            "deleted DOMAIN gone.example");
    JsonNode changed =
        lines.stream()
            .filter(line -> line.path("change").asString("").equals("changed"))
            .findAny()
            .orElseThrow();
    assertThat(changed.at("/fields/comments/before").stringValue()).isEqualTo("old");
    assertThat(changed.at("/fields/comments/after").stringValue()).isEqualTo("n\u001b[31mew");
    JsonNode summary = lines.get(3).get("summary");
    assertThat(summary.get("exit").intValue()).isEqualTo(8);
    assertThat(summary.get("created").intValue()).isEqualTo(1);
    assertThat(summary.at("/resources/1/a_rows").intValue()).isEqualTo(3);
    assertThat(summary.at("/b/account").stringValue()).isEqualTo("other");

    Ended same = sluice("diff", "profile:one", "profile:one", "--detailed-exitcode", "--json");
    assertThat(same.exit()).isZero();
    assertThat(same.out().lines()).hasSize(1);
  }

  @Test
  void snapshotsAndFilesAreSidesToo() throws Exception {
    Ended export = sluice("export", "--profile", "one", "--to", "b", "--json");
    String snapshot = JSON.readTree(export.out()).get("snapshot").stringValue();
    Files.writeString(directory.resolve("rows.csv"), "pattern,comments\na.example,old\n");
    String file = snapshot + "/block-senders.jsonl";

    assertThat(sluice("diff", snapshot, "profile:one", "--detailed-exitcode").exit()).isZero();
    assertThat(sluice("diff", snapshot, "profile:other", "--detailed-exitcode").exit())
        .isEqualTo(8);
    assertThat(sluice("diff", "-r", LIST, file, "profile:one", "-q").out())
        .isEqualTo("no differences\n");
    assertThat(sluice("diff", "-r", LIST, "rows.csv", file).out())
        .contains("from rows.csv to " + file + " (account one)\n")
        .contains("2 created");

    Files.writeString(directory.resolve(file), "{}\n");
    Ended damaged = sluice("diff", snapshot, "profile:one");
    assertThat(damaged.exit()).isEqualTo(9);
    assertThat(damaged.err()).contains("is damaged: block-senders.jsonl: ");
  }

  @Test
  void wrongUsageIsToldBeforeAnythingIsAsked() throws Exception {
    Files.writeString(directory.resolve("rows.csv"), "pattern,comments\na.example,old\n");
    Files.writeString(directory.resolve("rows.dat"), "a.example\n");

    assertUsage("give one resource with -r", "diff", "rows.csv", "profile:one");
    assertUsage(
        "give one resource with -r", "diff", "rows.csv", "profile:one", "-r", "domains," + LIST);
    assertUsage("is not clear from its name", "diff", "rows.dat", "profile:one", "-r", LIST);
    assertUsage("no snapshot and no file 'nowhere'", "diff", "nowhere", "profile:one");
    assertUsage("there is no profile 'x'", "diff", "profile:x", "profile:one");
    assertUsage("write profile:NAME", "diff", "profile:one", "profile:other", "--profile", "one");
    assertUsage("B", "diff", "profile:one");
    assertThat(one.requestLog().total()).isZero();
  }

  @Test
  void anInterruptedComparisonSaysSo() throws Exception {
    try (Sandbox slow = Sandbox.builder().account("one").latency(Duration.ofSeconds(20)).start()) {
      Files.write(
          directory.resolve("profiles.yaml"),
          List.of(
              "profiles:",
              "  one: {account: one, token: env:ONE, base-url: '" + slow.baseUrl() + "'}"));
      Process process =
          process().start("diff", "profile:one", "profile:one", "--config", "profiles.yaml");
      while (slow.requestLog().total() == 0) {
        assertThat(process.waitFor(100, TimeUnit.MILLISECONDS)).isFalse();
      }
      process.destroy();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(130);
    }
  }

  @Test
  void helpHasAnExample() throws Exception {
    assertThat(sluice("diff", "--help").out()).contains("Usage: sluice diff").contains("Example");
  }

  private void assertUsage(String says, String... args) throws Exception {
    Ended ended = sluice(args);
    assertThat(ended.exit()).describedAs(ended.err()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).contains(says);
  }

  private Ended sluice(String... args) throws Exception {
    String[] all = java.util.Arrays.copyOf(args, args.length + 2);
    all[args.length] = "--config";
    all[args.length + 1] = "profiles.yaml";
    return process().run(all);
  }

  private SluiceProcess process() {
    return new SluiceProcess(directory).with("ONE", one.token()).with("OTHER", other.token());
  }

  private static void add(Sandbox sandbox, String pattern, String comments) {
    ObjectNode record = JSON.createObjectNode();
    record.put("pattern", pattern).put("pattern_type", "DOMAIN").put("is_regex", false);
    sandbox.account().add(LIST, record.put("comments", comments));
  }
}
