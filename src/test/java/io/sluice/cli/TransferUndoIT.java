package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.SluiceProcess.Ended;
import io.sluice.sandbox.SandboxAccount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** The command lines that a restore and a migration print can be pasted as they are. */
@Tag("slow")
final class TransferUndoIT {
  private static final String UNDO =
      "the target's records were saved before the change; to undo this,"
          + " and with it what others have changed there since:";
  private static final String GO_ON = "to go on where this run ended:";
  private static final int HELD = 100;

  @TempDir private Path directory = Path.of("");
  private final TwoAccounts accounts = new TwoAccounts(Duration.ofMillis(20));
  private final SandboxAccount a = accounts.a.account();
  private final SandboxAccount b = accounts.b.account();

  @BeforeEach
  void prepare() throws Exception {
    accounts.profiles(directory);
    AccountContent.fill(a, HELD);
    AccountContent.fill(b, HELD / 2);
    AccountContent.renamed(b, "trusted_domains", 7);
    AccountContent.renamed(b, "impersonation_registry", 5);
    AccountContent.commented(b, "block_senders", 9);
    AccountContent.commented(b, "allow_policies", 9);
    domains("a", a);
    domains("b", b);
  }

  private static void domains(String transport, SandboxAccount account) {
    account.seed("domains", 3);
    for (ObjectNode domain : account.records("domains")) {
      AccountContent.replace(account, "domains", domain.put("transport", transport));
    }
  }

  @AfterEach
  void stop() {
    accounts.close();
  }

  @Test
  void aMirroringMigrationIsUndone() throws Exception {
    assertUndone("migrate", "--from", "a", "--to", "b");
  }

  @Test
  void aMirroringRestoreIsUndone() throws Exception {
    assertUndone("restore", accounts.export(directory, "a"), "--profile", "b");
  }

  @Test
  void whatWasMirroredIntoAnEmptyKindOfRecordIsUndoneToo() throws Exception {
    AccountContent.wipe(b, "allow_policies");
    assertUndone("migrate", "--from", "a", "--to", "b");
  }

  /** Nothing is saved then, so that there is a command for each kind of record. */
  @Test
  void whatAMigrationCreatedIsDeleted() throws Exception {
    Map<String, List<String>> before = AccountContent.of(b);
    Ended created =
        accounts.run(
            directory,
            TwoAccounts.with(
                new String[] {"migrate", "--from", "a", "--to", "b", "--mode", "create"},
                "--results",
                "my results"));
    assertThat(AccountContent.of(b)).isNotEqualTo(before);

    List<String> lines = created.out().lines().toList();
    int from = lines.indexOf("to delete what was created:") + 1;
    assertThat(from).describedAs(created.out()).isPositive();
    for (String undo : lines.subList(from, lines.size())) {
      Ended undone = accounts.sluice(directory).shell(undo.strip() + " --yes");
      assertThat(undone.exit()).describedAs(undo + "\n" + undone.err()).isZero();
    }
    assertThat(AccountContent.of(b)).describedAs(created.out()).isEqualTo(before);
  }

  @Test
  void aMigrationThatWasStoppedIsGoneOnWith() throws Exception {
    assertGoneOnWith("migrate", "--from", "a", "--to", "b");
  }

  @Test
  void aRestoreThatWasStoppedIsGoneOnWith() throws Exception {
    assertGoneOnWith("restore", accounts.export(directory, "a"), "--profile", "b");
  }

  private void assertUndone(String... command) throws Exception {
    Map<String, List<String>> before = AccountContent.of(b);
    Ended mirrored = accounts.run(directory, mirror(command));
    assertThat(mirrored.exit()).describedAs(mirrored.err() + mirrored.out()).isZero();
    assertThat(AccountContent.of(b)).isEqualTo(AccountContent.of(a)).isNotEqualTo(before);

    String undo = after(UNDO, mirrored.out());
    Ended undone = accounts.sluice(directory).shell(undo + " --yes");

    String how = undo + "\n" + undone.err() + undone.out();
    assertThat(undone.exit()).describedAs(how).isZero();
    assertThat(AccountContent.of(b)).describedAs(how).isEqualTo(before);
  }

  private void assertGoneOnWith(String... command) throws Exception {
    Path out = directory.resolve("out.txt");
    Process process =
        accounts
            .sluice(directory)
            .startInto(out, TwoAccounts.command(mirror(command, "--strategy", "rows")));
    while (accounts.b.requestLog().writes() < 60) {
      assertThat(process.waitFor(2, TimeUnit.MILLISECONDS)).describedAs("has ended").isFalse();
    }
    process.toHandle().destroy();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).describedAs("ends in time").isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(AccountContent.of(b)).isNotEqualTo(AccountContent.of(a));

    String goOn = after(GO_ON, Files.readString(out));
    Ended resumed = accounts.sluice(directory).shell(goOn);

    String how = goOn + "\n" + resumed.err() + resumed.out();
    assertThat(resumed.exit()).describedAs(how).isZero();
    assertThat(AccountContent.of(b)).describedAs(how).isEqualTo(AccountContent.of(a));
    for (String resource : AccountContent.MADE) {
      assertThat(accounts.b.account().creations(resource).values())
          .describedAs(how)
          .containsOnly(1);
      Path results = directory.resolve("my results").resolve(resource.replace('_', '-'));
      new RunFiles(results).assertAddsUp(HELD);
      assertThat(new RunFiles(results).outcomes())
          .containsOnlyKeys("created", "unchanged", "updated");
    }
    assertThat(after(UNDO, resumed.out())).contains("restore");
  }

  /** Into a directory whose name a shell has to be told with care. */
  private static String[] mirror(String[] command, String... more) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--mode", "mirror", "--yes", "--max-deletes", "100%"));
    all.addAll(List.of("--results", "my results"));
    all.addAll(List.of(more));
    return all.toArray(new String[0]);
  }

  /** The line below the one that says so. */
  private static String after(String title, String text) {
    List<String> lines = text.lines().toList();
    assertThat(lines).contains(title);
    return lines.get(lines.indexOf(title) + 1).strip();
  }
}
