package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.SluiceProcess.Ended;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.SandboxAccount;
import io.sluice.sandbox.fault.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A restore and a migration that are killed any number of times, at any moment, while one call in
 * ten goes wrong, and that are resumed each time, end as if nobody had disturbed them.
 */
@Tag("slow")
final class KilledTransferIT {
  private static final int KILLS = 6;
  private static final int HELD = 240;

  @TempDir private Path directory = Path.of("");

  /** Its b is left in peace; that of the other one is not. */
  private final TwoAccounts calm = new TwoAccounts();

  private final TwoAccounts killed = new TwoAccounts(Duration.ofMillis(20));
  private Path calmly = Path.of("");
  private Path roughly = Path.of("");

  @BeforeEach
  void prepare() throws Exception {
    calmly = java.nio.file.Files.createDirectory(directory.resolve("calmly"));
    roughly = java.nio.file.Files.createDirectory(directory.resolve("roughly"));
    calm.profiles(calmly);
    killed.profiles(roughly);
    for (TwoAccounts both : List.of(calm, killed)) {
      AccountContent.fill(both.a.account(), HELD);
      both.a.account().seed("domains", 5);
      target(both.b.account());
    }
  }

  private static void target(SandboxAccount account) {
    AccountContent.fill(account, HELD / 2);
    AccountContent.MADE.forEach(resource -> AccountContent.commented(account, resource, 40));
    AccountContent.MADE.forEach(resource -> AccountContent.renamed(account, resource, 20));
    account.seed("domains", 4);
  }

  @AfterEach
  void stop() {
    calm.close();
    killed.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rows", "auto"})
  void restoring(String strategy) throws Exception {
    String backup = calm.export(calmly, "a");
    assertEndsTheSame(
        "restore", calmly.resolve(backup).toString(), "--profile", "b", "--strategy", strategy);
    assertThat(AccountContent.counts(killed.b.account()).values()).containsOnly(HELD + 20L);
  }

  @Test
  void mirroringRowByRow() throws Exception {
    assertEndsTheSame(mirror("rows"));
    assertThat(AccountContent.counts(killed.b.account()).values()).containsOnly((long) HELD);
  }

  @Test
  void mirroringInBatches() throws Exception {
    assertEndsTheSame(mirror("auto"));
    assertThat(AccountContent.counts(killed.b.account()).values()).containsOnly((long) HELD);
  }

  private static String[] mirror(String strategy) {
    return new String[] {
      "migrate",
      "--from",
      "a",
      "--to",
      "b",
      "--mode",
      "mirror",
      "--yes",
      "--max-deletes",
      "100%",
      "--strategy",
      strategy
    };
  }

  private void assertEndsTheSame(String... command) throws Exception {
    Ended undisturbed = calm.run(calmly, with(command));
    assertThat(undisturbed.exit()).describedAs(undisturbed.err()).isZero();
    int beginning = untilFirstCall(command);
    goWrong(killed.a);
    goWrong(killed.b);
    KilledRuns runs =
        new KilledRuns(
            killed.sluice(roughly),
            killed.b,
            roughly.resolve("r"),
            new Random(KilledRuns.SEED),
            beginning,
            200);
    List<String> begin = List.of(TwoAccounts.command(with(command)));
    List<String> resume = new ArrayList<>(begin);
    resume.add("--resume");
    runs.kill(KILLS, begin, resume);
    Ended last = killed.sluice(roughly).run(resume.toArray(new String[0]));

    String how = "seed " + KilledRuns.SEED + ": " + runs + "; last: " + last.err() + last.out();
    assertThat(last.exit()).describedAs(how).isZero();
    assertThat(AccountContent.of(killed.b.account()))
        .describedAs(how)
        .isEqualTo(AccountContent.of(calm.b.account()));
    for (String resource : AccountContent.MADE) {
      assertThat(killed.b.account().creations(resource).values()).describedAs(how).containsOnly(1);
      assertReportsTheSame(resource.replace('_', '-'), HELD, how);
    }
    assertReportsTheSame("domains", 5, how);
    assertThat(runs.kills().values().stream().mapToInt(n -> n).sum()).isEqualTo(KILLS);
    assertThat(runs.kills()).describedAs(how).hasSizeGreaterThan(2);
  }

  private void assertReportsTheSame(String part, int rows, String how) throws Exception {
    RunFiles expected = new RunFiles(calmly.resolve("r").resolve(part));
    RunFiles actual = new RunFiles(roughly.resolve("r").resolve(part));
    actual.assertAddsUp(rows);
    assertThat(actual.rows()).describedAs(how).isEqualTo(expected.rows());
    assertThat(actual.unnamed()).describedAs(how).isEqualTo(expected.unnamed());
    assertThat(actual.failed()).isEmpty();
  }

  /** How long a process takes until its first call to the target, in a directory of its own. */
  private int untilFirstCall(String... command) throws Exception {
    String[] measured = with(command);
    measured[measured.length - 1] = "measured";
    Process process = killed.sluice(roughly).start(TwoAccounts.command(measured));
    int millis = KilledRuns.untilFirstCall(process, killed.b);
    assertThat(killed.b.requestLog().writes()).isZero();
    return millis;
  }

  /** One call in ten; some of them do what they were meant to first. */
  private static void goWrong(Sandbox sandbox) {
    sandbox
        .faults()
        .everywhere()
        .share(0.1)
        .thenOneOf(
            Fault.status(503),
            Fault.status(503).afterEffect(),
            Fault.html(520),
            Fault.reset().afterEffect(),
            Fault.truncated());
  }

  private static String[] with(String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--results", "r"));
    return all.toArray(new String[0]);
  }
}
