package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.SluiceProcess.Ended;
import io.sluice.sandbox.SandboxAccount;
import io.sluice.sandbox.fault.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the packaged jar carries from one account into another. */
@Tag("slow")
final class MigrateIT {
  private static final String PEOPLE = "impersonation_registry";

  @TempDir private Path directory = Path.of("");
  private final TwoAccounts accounts = new TwoAccounts();
  private final SandboxAccount a = accounts.a.account();
  private final SandboxAccount b = accounts.b.account();

  @BeforeEach
  void prepare() throws Exception {
    accounts.profiles(directory);
  }

  @AfterEach
  void stop() {
    accounts.close();
  }

  @Test
  void aMirrorMakesTheTargetTheSame() throws Exception {
    AccountContent.fill(a, 60);
    AccountContent.fill(b, 20);
    AccountContent.renamed(b, "trusted_domains", 4);
    AccountContent.renamed(b, PEOPLE, 3);
    AccountContent.commented(b, "block_senders", 5);

    JsonNode said = migrate(0, "--mode", "mirror", "--yes", "--max-deletes", "100%");

    assertThat(AccountContent.of(b)).isEqualTo(AccountContent.of(a));
    assertThat(Said.sum(said, "deletes", "deleted")).isEqualTo(7);
    assertThat(Said.sum(said, "counts", "created")).isEqualTo(4 * 40 + 7);
    assertThat(accounts.a.requestLog().writes()).isZero();
    assertThat(said.get("command").stringValue()).isEqualTo("migrate");
    assertThat(directory.resolve(said.get("safety_snapshot").stringValue())).isDirectory();
  }

  @Test
  void anUpsertLeavesWhatTheSourceLacks() throws Exception {
    AccountContent.fill(a, 30);
    AccountContent.fill(b, 10);
    AccountContent.renamed(b, "allow_policies", 2);

    migrate(0);

    assertThat(b.count("allow_policies")).isEqualTo(32);
    assertThat(b.count("block_senders")).isEqualTo(30);
    long writes = accounts.writes();
    migrate(0);
    assertThat(accounts.writes()).isEqualTo(writes);
  }

  @Test
  void whatBelongsToAnAccountStaysThere() throws Exception {
    domains("of-a", "AllItems", 6);
    a.seed(PEOPLE, 30);
    for (ObjectNode person : a.records(PEOPLE)) {
      AccountContent.replace(a, PEOPLE, person.put("directory_id", 7).put("comments", "of a"));
    }
    b.seed(PEOPLE, 5);
    domainsOfTarget();

    JsonNode plan = migrate(0, "--dry-run");
    assertThat(Said.part(plan, "domains").at("/plan/left_behind/integration_id").intValue())
        .isEqualTo(6);
    assertThat(Said.part(plan, PEOPLE).at("/plan/left_behind/directory_id").intValue())
        .isEqualTo(30);
    Ended told = accounts.run(directory, "migrate", "--from", "a", "--to", "b");
    assertThat(told.exit()).describedAs(told.err()).isZero();
    assertThat(told.err())
        .contains("bound to its account, left behind: integration_id (6)")
        .contains("bound to its account, left behind: directory_id (30)");

    assertThat(b.records("domains"))
        .hasSize(6)
        .allMatch(domain -> domain.path("folder").asString("").equals("AllItems"))
        .allMatch(domain -> domain.path("integration_id").asString("").equals("of-b"));
    assertThat(b.records(PEOPLE))
        .hasSize(30)
        .allMatch(person -> person.path("comments").asString("").equals("of a"))
        .allMatch(person -> person.path("directory_id").asString("").isEmpty());
  }

  @Test
  void aDryRunTellsEveryChangeAndMakesNone() throws Exception {
    AccountContent.fill(a, 30);
    AccountContent.fill(b, 30);
    AccountContent.renamed(b, "block_senders", 2);
    AccountContent.commented(b, "trusted_domains", 3);
    Map<String, List<String>> before = AccountContent.of(b);

    JsonNode said = migrate(0, "--mode", "mirror", "--dry-run", "--results", "r");

    assertThat(accounts.writes()).isZero();
    assertThat(AccountContent.of(b)).isEqualTo(before);
    assertThat(said.get("parts")).hasSize(8).allMatch(part -> part.has("plan"));
    assertThat(Said.part(said, "block_senders").get("changes")).hasSize(4);
    assertThat(Said.part(said, "trusted_domains").get("changes")).hasSize(3);
    assertThat(Said.part(said, "allow_policies").get("changes")).isEmpty();
    RunFiles blocked = new RunFiles(directory.resolve("r").resolve("block-senders"));
    blocked.assertAddsUp(30);
    assertThat(blocked.outcomes()).isEqualTo(Map.of("unchanged", 28L, "unprocessed", 2L));
    assertThat(blocked.unnamed()).hasSize(2);
  }

  @Test
  void theListingIsKeptWhereItIsWanted() throws Exception {
    AccountContent.fill(a, 30);
    a.seed("domains", 2);

    migrate(0, "--save", "kept", "-r", "block-senders,trusted-domains");

    try (var kept = java.nio.file.Files.list(directory.resolve("kept"))) {
      Path snapshot = kept.filter(java.nio.file.Files::isDirectory).findFirst().orElseThrow();
      assertThat(new RunFiles(snapshot).names())
          .containsExactly("block-senders.jsonl", "manifest.json", "trusted-domains.jsonl");
      assertThat(accounts.run(directory, "verify", snapshot.toString()).exit()).isZero();
      AccountContent.wipe(a, "block_senders");
      accounts.json(
          directory, 0, "restore", snapshot.toString(), "--profile", "a", "-r", "block-senders");
      assertThat(a.count("block_senders")).isEqualTo(30);
    }
  }

  @Test
  void fieldsOfNoKnownNameAreNamed() throws Exception {
    a.seed("block_senders", 1);
    AccountContent.replace(a, "block_senders", a.records("block_senders").get(0).put("x_new", 1));

    Ended told = accounts.run(directory, TwoAccounts.migrate());

    assertThat(told.exit()).isZero();
    assertThat(told.err()).contains("warning: block-senders: line 1: 'x_new' is no field of");
    assertThat(told.err()).doesNotContain("no data row");
  }

  @Test
  void aListThatMovedIsCarriedOverAndSaidSo() throws Exception {
    AccountContent.fill(a, 30);
    accounts
        .a
        .faults()
        .when(request -> request.isList() && request.path().contains("block_senders"))
        .then(Fault.total(99));

    Ended told = accounts.run(directory, TwoAccounts.migrate());

    assertThat(told.exit()).describedAs(told.err()).isEqualTo(8);
    assertThat(told.err()).contains("block-senders: the list kept changing while it was read");
    assertThat(AccountContent.of(b)).isEqualTo(AccountContent.of(a));
  }

  private void domains(String integration, String folder, int count) {
    a.seed("domains", count);
    for (ObjectNode domain : a.records("domains")) {
      domain.put("integration_id", integration).put("folder", folder);
      AccountContent.replace(a, "domains", domain);
    }
  }

  private void domainsOfTarget() {
    for (ObjectNode domain : a.records("domains")) {
      domain.remove("id");
      b.add("domains", domain.put("integration_id", "of-b").put("folder", "Inbox"));
    }
  }

  private JsonNode migrate(int exit, String... more) throws Exception {
    return accounts.json(directory, exit, TwoAccounts.migrate(more));
  }
}
