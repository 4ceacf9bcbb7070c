package io.sluice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sandbox.SandboxAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the packaged jar puts back into an account. */
final class RestoreIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String ALLOWED = "allow_policies";
  private static final List<String> MADE_UP =
      List.of("id", "created_at", "modified_at", "last_modified");

  @TempDir private Path directory = Path.of("");
  private final TwoAccounts accounts = new TwoAccounts();
  private final SandboxAccount account = accounts.a.account();

  @BeforeEach
  void prepare() throws Exception {
    accounts.profiles(directory);
  }

  @AfterEach
  void stop() {
    accounts.close();
  }

  @Test
  void whatWasWipedComesBack() throws Exception {
    assertComesBack("--format=jsonl");
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"--format=csv", "--gzip"})
  void whateverTheSnapshotLooksLike(String form) throws Exception {
    assertComesBack(form);
  }

  private void assertComesBack(String form) throws Exception {
    AccountContent.fill(account, 120);
    account.seed("domains", 5);
    String before = accounts.export(directory, "a");
    String backup = accounts.export(directory, "a", form);
    AccountContent.MADE.forEach(resource -> AccountContent.wipe(account, resource));
    ObjectNode domain = account.records("domains").get(0);
    AccountContent.replace(account, "domains", domain.put("folder", "Inbox").put("transport", "x"));

    JsonNode restored = restore(0, backup);

    assertThat(Said.sum(restored, "counts", "created")).isEqualTo(480);
    assertThat(Said.sum(restored, "counts", "updated")).isEqualTo(1);
    assertThat(lines(accounts.export(directory, "a"))).isEqualTo(lines(before));
    long writes = accounts.writes();
    assertThat(Said.sum(restore(0, backup), "counts", "unchanged")).isEqualTo(485);
    assertThat(accounts.writes()).isEqualTo(writes);
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"jsonl", "csv"})
  void whatHasTheOldNamesAloneIsRestoredByTheNewOnes(String format) throws Exception {
    Map<String, List<Boolean>> wanted = new TreeMap<>();
    List<byte[]> old = new ArrayList<>();
    for (int n = 0; n < 8; n++) {
      ObjectNode record = JSON.createObjectNode().put("id", "old-" + n);
      record.put("pattern", "p" + n + "@old.example").put("pattern_type", "EMAIL");
      record.put("is_regex", false).put("verify_sender", true);
      record.put("created_at", "2023-01-01T00:00:0" + n + "Z");
      record.put("is_sender", (n & 1) > 0).put("is_recipient", (n & 2) > 0);
      old.add(record.put("is_spoof", (n & 4) > 0).toString().getBytes(UTF_8));
      wanted.put("p" + n + "@old.example", List.of((n & 1) > 0, (n & 2) > 0, (n & 4) > 0));
    }
    account.load(ALLOWED, old);
    String backup = accounts.export(directory, "a", "-r", ALLOWED, "--format", format);

    restore("b", 0, backup);
    assertThat(flags(accounts.b.account())).isEqualTo(wanted);

    AccountContent.wipe(account, ALLOWED);
    restore(0, backup);
    assertThat(flags(account)).isEqualTo(wanted);
    long writes = accounts.writes();
    restore(0, backup);
    assertThat(accounts.writes()).isEqualTo(writes);
  }

  @Test
  void onlyWhatIsNamedIsRestored() throws Exception {
    AccountContent.fill(account, 30);
    String backup = accounts.export(directory, "a");
    AccountContent.MADE.forEach(resource -> AccountContent.wipe(account, resource));

    JsonNode restored = restore(0, backup, "-r", "block-senders,trusted_domains");

    assertThat(restored.get("parts")).hasSize(2);
    assertThat(AccountContent.counts(account))
        .isEqualTo(
            Map.of(
                ALLOWED,
                0L,
                "block_senders",
                30L,
                "impersonation_registry",
                0L,
                "trusted_domains",
                30L));
  }

  @Test
  void everyPartHasItsResultsAndTheWholeHasOneSummary() throws Exception {
    AccountContent.fill(account, 30);
    account.seed("domains", 2);
    String backup = accounts.export(directory, "a");
    AccountContent.MADE.forEach(resource -> AccountContent.wipe(account, resource));

    JsonNode said = restore(0, backup, "--results", "r");

    Path results = directory.resolve("r");
    assertThat(said.get("results").stringValue()).isEqualTo("r");
    assertThat(said.get("parts")).hasSize(8);
    for (String part : List.of("allow-policies", "block-senders", "trusted-domains")) {
      RunFiles files = new RunFiles(results.resolve(part));
      files.assertAddsUp(30);
      assertThat(files.outcomes()).isEqualTo(Map.of("created", 30L));
    }
    new RunFiles(results.resolve("impersonation-registry")).assertAddsUp(30);
    RunFiles domains = new RunFiles(results.resolve("domains"));
    assertThat(domains.outcomes()).isEqualTo(Map.of("unchanged", 2L));
    JsonNode whole = JSON.readTree(Files.readString(results.resolve("summary.json")));
    assertThat(whole.get("exit").intValue()).isZero();
    assertThat(whole.get("run_id")).isEqualTo(said.get("run_id"));
    assertThat(whole.get("parts")).hasSize(8);
  }

  @Test
  void aDryRunTellsEveryChangeAndMakesNone() throws Exception {
    AccountContent.fill(account, 40);
    account.seed("domains", 2);
    String backup = accounts.export(directory, "a");
    AccountContent.wipe(account, "block_senders");
    ObjectNode allowed = account.records(ALLOWED).get(0);
    AccountContent.replace(account, ALLOWED, allowed.put("comments", "another"));
    account.seed("trusted_domains", 3);

    JsonNode said = restore(0, backup, "--dry-run", "--mode", "mirror");

    assertThat(accounts.writes()).isZero();
    assertThat(said.get("parts")).hasSize(8).allMatch(part -> part.get("dry_run").booleanValue());
    assertThat(said.get("parts")).allMatch(part -> part.has("plan") && part.has("changes"));
    assertThat(Said.part(said, "block_senders").at("/plan/create").intValue()).isEqualTo(40);
    assertThat(Said.part(said, "block_senders").get("changes")).hasSize(40);
    assertThat(Said.part(said, ALLOWED).at("/plan/update").intValue()).isEqualTo(1);
    JsonNode change = Said.part(said, ALLOWED).at("/changes/0");
    assertThat(change.at("/fields/comments/before").stringValue()).isEqualTo("another");
    assertThat(Said.part(said, "trusted_domains").at("/plan/delete").intValue()).isEqualTo(3);
    assertThat(Said.part(said, "domains").at("/plan/unchanged").intValue()).isEqualTo(2);
    assertThat(accounts.run(directory, TwoAccounts.restore(backup, "a", "--dry-run")).out())
        .contains("comments: \"another\" -> ")
        .contains("this was a dry run")
        .describedAs("changes stand below the name of their kind")
        .containsPattern("(?m)^block-senders\n\\+ create ")
        .containsPattern("(?m)^allow-policies\n~ update ");
    assertThat(accounts.writes()).isZero();
  }

  /** By pattern: whether it is of a trusted sender, an exempt recipient, an acceptable sender. */
  private static Map<String, List<Boolean>> flags(SandboxAccount account) {
    Map<String, List<Boolean>> flags = new TreeMap<>();
    for (ObjectNode record : account.records(ALLOWED)) {
      flags.put(
          record.path("pattern").asString(),
          Stream.of("is_trusted_sender", "is_exempt_recipient", "is_acceptable_sender")
              .map(name -> record.path(name).booleanValue())
              .toList());
    }
    return flags;
  }

  /** Every record of a snapshot, by kind, without what is made up anew with each record. */
  private Map<String, List<String>> lines(String snapshot) throws IOException {
    Map<String, List<String>> lines = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory.resolve(snapshot))) {
      for (Path file : files.filter(name -> name.toString().endsWith(".jsonl")).toList()) {
        List<String> records = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
          ObjectNode record = (ObjectNode) JSON.readTree(line);
          records.add(new TreeMap<>(members(record.remove(MADE_UP))).toString());
        }
        lines.put(file.getFileName().toString(), records.stream().sorted().toList());
      }
    }
    return lines;
  }

  private static Map<String, JsonNode> members(ObjectNode record) {
    Map<String, JsonNode> members = new TreeMap<>();
    record.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
    return members;
  }

  private JsonNode restore(int exit, String snapshot, String... more) throws Exception {
    return restore("a", exit, snapshot, more);
  }

  private JsonNode restore(String profile, int exit, String snapshot, String... more)
      throws Exception {
    return accounts.json(directory, exit, TwoAccounts.restore(snapshot, profile, more));
  }
}
