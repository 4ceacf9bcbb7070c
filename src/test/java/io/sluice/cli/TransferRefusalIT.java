package io.sluice.cli;

import static io.sluice.cli.Said.error;
import static io.sluice.cli.TwoAccounts.migrate;
import static io.sluice.cli.TwoAccounts.restore;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sandbox.SandboxAccount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** When whole accounts are not written: nothing is, and what is wrong is said. */
final class TransferRefusalIT {
  private static final int HELD = 60;

  @TempDir private Path directory = Path.of("");
  private final TwoAccounts accounts = new TwoAccounts();
  private final SandboxAccount a = accounts.a.account();
  private final SandboxAccount b = accounts.b.account();

  @BeforeEach
  void prepare() throws Exception {
    accounts.profiles(directory);
    AccountContent.fill(a, HELD);
    AccountContent.fill(b, HELD);
  }

  @AfterEach
  void stop() {
    accounts.close();
  }

  @Test
  void aMirrorOfNothingDeletesNothing() throws Exception {
    AccountContent.MADE.forEach(resource -> AccountContent.wipe(a, resource));

    JsonNode refused = unwritten(4, migrate("--mode", "mirror", "--yes", "--max-deletes", "100%"));
    assertThat(refused.at("/error/code").stringValue()).isEqualTo("no_rows");
    String empty = accounts.export(directory, "a");
    unwritten(4, restore(empty, "b", "--mode", "mirror", "--yes", "--max-deletes", "9999"));
    AccountContent.fill(a, HELD);
    unwritten(4, restore(empty, "a", "--mode", "mirror", "--yes", "--max-deletes", "100%"));
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(
      strings = {"allow_policies", "block_senders", "impersonation_registry", "trusted_domains"})
  void oneEmptyKindOfRecordKeepsAMirrorFromTheOthers(String resource) throws Exception {
    AccountContent.wipe(a, resource);
    AccountContent.commented(
        a, resource.equals("block_senders") ? "allow_policies" : "block_senders", 9);

    JsonNode refused = unwritten(4, migrate("--mode", "mirror", "--yes", "--max-deletes", "100%"));
    assertThat(error(refused))
        .contains("the source holds no " + resource.replace('_', '-') + ", so all 60 would go");
  }

  @Test
  void aSourceThatLostMostOfItsRecordsIsTooManyDeletes() throws Exception {
    AccountContent.wipe(a, "trusted_domains");
    a.seed("trusted_domains", 10);
    AccountContent.commented(a, "block_senders", 9);

    JsonNode refused = unwritten(4, migrate("--mode", "mirror", "--yes"));
    assertThat(refused.at("/error/code").stringValue()).isEqualTo("too_many_deletes");
    assertThat(refused.at("/error/message").stringValue())
        .startsWith("trusted-domains: the plan deletes 50 of 60 records");
    assertThat(Said.part(refused, "trusted_domains").at("/plan/delete").intValue()).isEqualTo(50);
    assertThat(Said.sum(refused, "counts", "updated")).isZero();
  }

  @Test
  void aTruncatedSnapshotIsNotRestored() throws Exception {
    String backup = accounts.export(directory, "a");
    Path file = directory.resolve(backup).resolve("block-senders.jsonl");
    List<String> lines = Files.readAllLines(file);
    Files.write(file, lines.subList(0, lines.size() / 2));

    String said = error(uncalled(9, restore(backup, "b", "--mode", "mirror", "--yes")));
    assertThat(said).contains("damaged").contains("block-senders.jsonl");
    uncalled(9, restore(backup, "b", "-r", "block-senders"));
  }

  @Test
  void aSnapshotOfWhichAFileIsMissingIsNotRestored() throws Exception {
    String backup = accounts.export(directory, "a");
    Files.delete(directory.resolve(backup).resolve("trusted-domains.jsonl"));

    String said = error(uncalled(9, restore(backup, "b")));
    assertThat(said).contains("trusted-domains.jsonl");
  }

  @Tag("slow")
  @Test
  void aWrongTokenIsSaidSo() throws Exception {
    String backup = accounts.export(directory, "a");
    for (String profile : List.of("TOKEN_A", "TOKEN_B")) {
      SluiceProcess wrong = accounts.sluice(directory).with(profile, "wrong-secret");
      JsonNode failure = TwoAccounts.json(wrong, 5, migrate("--results", "m"));
      assertThat(failure.at("/error/code").stringValue()).isEqualTo("not_authenticated");
      assertThat(failure.toString()).doesNotContain("wrong-secret");
    }
    SluiceProcess wrong = accounts.sluice(directory).with("TOKEN_B", "wrong-secret");
    TwoAccounts.json(wrong, 5, restore(backup, "b", "--results", "r"));

    accounts.json(directory, 0, restore(backup, "b", "--results", "r"));
    accounts.json(directory, 0, migrate("--results", "m"));
  }

  @Tag("slow")
  @Test
  void aTokenThatMayOnlyReadChangesNothing() throws Exception {
    AccountContent.wipe(b, "block_senders");
    Map<String, List<String>> before = AccountContent.of(b);
    SluiceProcess reader = accounts.sluice(directory).with("TOKEN_B", accounts.b.readOnlyToken());

    JsonNode failure = TwoAccounts.json(reader, 5, migrate("--results", "m"));
    assertThat(failure.at("/error/code").stringValue()).isEqualTo("no_access");
    assertThat(AccountContent.of(b)).isEqualTo(before);
    for (String part : List.of("block-senders", "allow-policies", "trusted-domains")) {
      new RunFiles(directory.resolve("m").resolve(part)).assertAddsUp(HELD);
    }
    accounts.json(directory, 0, migrate("--results", "m", "--resume"));
    assertThat(AccountContent.of(b)).isEqualTo(AccountContent.of(a));
  }

  /** Fails without a call; brings what was said. */
  private JsonNode uncalled(int exit, String... command) throws Exception {
    long calls = accounts.calls();
    JsonNode said = accounts.json(directory, exit, command);
    assertThat(accounts.calls()).describedAs(Arrays.toString(command)).isEqualTo(calls);
    return said;
  }

  /** Fails without a call that changes anything. */
  private JsonNode unwritten(int exit, String... command) throws Exception {
    long writes = accounts.writes();
    JsonNode said = accounts.json(directory, exit, command);
    assertThat(accounts.writes()).describedAs(Arrays.toString(command)).isEqualTo(writes);
    return said;
  }
}
