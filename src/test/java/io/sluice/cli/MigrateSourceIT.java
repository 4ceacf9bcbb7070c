package io.sluice.cli;

import static io.sluice.cli.Said.error;
import static io.sluice.cli.TwoAccounts.migrate;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sandbox.SandboxAccount;
import io.sluice.sandbox.fault.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A migration that is gone on with carries over what its own run listed, and nothing else. */
@Tag("slow")
final class MigrateSourceIT {
  @TempDir private Path directory = Path.of("");
  private final TwoAccounts accounts = new TwoAccounts();
  private final SandboxAccount a = accounts.a.account();
  private final SandboxAccount b = accounts.b.account();

  @BeforeEach
  void prepare() throws Exception {
    accounts.profiles(directory);
    AccountContent.fill(a, 40);
    AccountContent.fill(b, 20);
    AccountContent.renamed(b, "trusted_domains", 3);
  }

  @AfterEach
  void stop() {
    accounts.close();
  }

  @Test
  void anOlderSnapshotIsNotTakenForAListingThatDidNotComeToItsEnd() throws Exception {
    accounts.export(directory, "b");
    accounts.a.faults().everywhere().then(Fault.delay(Duration.ofSeconds(20)));
    long calls = accounts.a.requestLog().total();
    Process process = accounts.sluice(directory).start(TwoAccounts.command(mirror()));
    while (accounts.a.requestLog().total() == calls) {
      assertThat(process.waitFor(2, TimeUnit.MILLISECONDS)).describedAs("has ended").isFalse();
    }
    process.destroyForcibly().waitFor();
    accounts.a.faults().clear();

    accounts.json(directory, 0, TwoAccounts.with(mirror(), "--resume"));

    assertThat(AccountContent.of(b)).isEqualTo(AccountContent.of(a));
  }

  @Test
  void aSnapshotThatIsTakenMeanwhileIsNotTakenForTheListing() throws Exception {
    stopped();
    accounts.export(directory, "b");

    accounts.json(directory, 0, TwoAccounts.with(mirror(), "--resume"));

    assertThat(AccountContent.of(b)).isEqualTo(AccountContent.of(a));
  }

  @Test
  void whoForgetsToResumeIsToldBeforeTheSourceIsListedAgain() throws Exception {
    stopped();
    long calls = accounts.calls();

    assertThat(error(accounts.json(directory, 2, mirror()))).contains("--resume");

    assertThat(accounts.calls()).isEqualTo(calls);
    a.seed("block_senders", 5);
    accounts.json(directory, 0, TwoAccounts.with(mirror(), "--resume"));
    assertThat(b.count("block_senders")).isEqualTo(40);
  }

  @Test
  void aRunIsNotGoneOnWithFromAnotherAccount() throws Exception {
    stopped();
    String elsewhere = TwoAccounts.profile("c", "of-c", accounts.a).replace("TOKEN_C", "TOKEN_A");
    Files.write(
        directory.resolve(TwoAccounts.CONFIG), List.of(elsewhere), StandardOpenOption.APPEND);
    long calls = accounts.calls();
    String[] other = mirror();
    other[2] = "c";

    assertThat(error(accounts.json(directory, 2, TwoAccounts.with(other, "--resume"))))
        .contains("account of-a")
        .contains("--from");
    assertThat(accounts.calls()).isEqualTo(calls);
  }

  /** Leaves a run that has begun and changed nothing. */
  private void stopped() throws Exception {
    SluiceProcess reader = accounts.sluice(directory).with("TOKEN_B", accounts.b.readOnlyToken());
    TwoAccounts.json(reader, 5, mirror());
    assertThat(b.count("block_senders")).isEqualTo(20);
  }

  private static String[] mirror() {
    String[] saved = {"--save", "backups", "--results", "r"};
    return TwoAccounts.with(migrate("--mode", "mirror", "--yes", "--max-deletes", "100%"), saved);
  }
}
