package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.SluiceProcess.Ended;
import io.sluice.sandbox.SandboxAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Plans that the packaged jar saves and carries out. */
final class ApplyIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();

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

  private Ended sluice(String... command) throws Exception {
    return accounts.run(directory, command);
  }

  @Test
  void aMigrationIsPlannedLookedAtAndAppliedAsItWasPlanned() throws Exception {
    AccountContent.fill(a, 30);
    AccountContent.fill(b, 20);
    AccountContent.renamed(b, "trusted_domains", 3);
    long writes = accounts.writes();
    String[] migrate = {"migrate", "--from", "a", "--to", "b", "--mode", "mirror", "--dry-run"};
    Ended planned =
        sluice(
            TwoAccounts.with(
                migrate, "--max-deletes", "100%", "--save-plan", "m.plan", "--results", "dry"));
    assertThat(planned.exit()).describedAs(planned.err()).isZero();
    assertThat(planned.out()).contains("plan: m.plan (SHA-256 ", "apply m.plan", "--profile b");
    assertThat(accounts.writes()).isEqualTo(writes);

    Ended rehearsed =
        sluice("apply", "m.plan", "--profile", "b", "--dry-run", "--results", "again");
    assertThat(changes(rehearsed)).hasSizeGreaterThan(8).isEqualTo(changes(planned));

    Ended unconfirmed = sluice("apply", "m.plan", "--profile", "b");
    assertThat(unconfirmed.exit()).isEqualTo(2);
    assertThat(unconfirmed.err()).contains("then add --yes");
    Ended applied =
        sluice("apply", "m.plan", "--profile", "b", "--yes", "--json", "--results", "done");

    assertThat(applied.exit()).describedAs(applied.err()).isZero();
    JsonNode said = JSON.readTree(applied.out());
    assertThat(said.get("command").stringValue()).isEqualTo("apply");
    assertThat(said.path("safety_snapshot").asString("")).isNotEmpty();
    Ended differing = sluice("diff", "profile:a", "profile:b", "--detailed-exitcode");
    assertThat(differing.exit()).describedAs(differing.out()).isZero();
  }

  /** The changes, each with the kind of records that it stands below. */
  private static List<String> changes(Ended run) {
    List<String> changes = new ArrayList<>();
    String kind = "";
    for (String line : run.out().lines().toList()) {
      if (line.matches("[+~-] .*")) {
        changes.add(kind + " " + line);
      } else if (line.matches("[a-z-]+")) {
        kind = line;
      }
    }
    return changes;
  }

  @Test
  void whatIsNoPlanForThisAccountIsRefusedBeforeAnyCall() throws Exception {
    Files.writeString(directory.resolve("s.csv"), "pattern\nevil.example\nworse.example\n");
    String[] plan = {"import", "-r", "block-senders", "s.csv", "--profile", "a", "--dry-run"};
    assertThat(sluice(TwoAccounts.with(plan, "--save-plan", "s.plan")).exit()).isZero();
    String text = Files.readString(directory.resolve("s.plan"));
    Files.writeString(directory.resolve("edited.plan"), text.replace("worse", "other"));
    Files.writeString(directory.resolve("cut.plan"), text.substring(0, text.length() - 80));
    long calls = accounts.calls();

    assertRefused("not as it was written", "apply", "edited.plan", "--profile", "a");
    assertRefused("its end is missing", "apply", "cut.plan", "--profile", "a");
    assertRefused("is not a saved plan", "apply", "s.csv", "--profile", "a");
    assertRefused("the plan is for account", "apply", "s.plan", "--profile", "b");
    assertRefused("has no effect", "apply", "s.plan", "--profile", "a", "--max-deletes", "3");
    assertRefused(
        "there is a file s.plan already", TwoAccounts.with(plan, "--save-plan", "s.plan"));
    assertRefused(
        "--save-plan goes with --dry-run",
        "import",
        "-r",
        "block-senders",
        "s.csv",
        "--profile",
        "a",
        "--save-plan",
        "t.plan");
    assertThat(accounts.calls()).isEqualTo(calls);
    assertThat(sluice("apply", "s.plan", "--profile", "a").exit()).isZero();
    assertThat(a.count("block_senders")).isEqualTo(2);
  }

  @Test
  void whatMovedIsSkippedWithAnExitCodeOfItsOwn() throws Exception {
    Files.writeString(directory.resolve("s.csv"), "pattern\nevil.example\nworse.example\n");
    Files.writeString(directory.resolve("t.csv"), "pattern,comments\nevil.example,mine\n");
    String[] plan = {"import", "-r", "block-senders", "s.csv", "--profile", "a", "--dry-run"};
    assertThat(sluice(TwoAccounts.with(plan, "--save-plan", "s.plan")).exit()).isZero();
    assertThat(sluice("import", "-r", "block-senders", "t.csv", "--profile", "a").exit()).isZero();

    Ended applied = sluice("apply", "s.plan", "--profile", "a", "--results", "done");

    assertThat(applied.exit()).isEqualTo(3);
    assertThat(Files.readString(directory.resolve("done/report.csv")))
        .contains("skipped,none", "moved", "1,2,", "2,3,created,create");
    assertThat(applied.out() + applied.err()).contains("skipped");
  }

  @Tag("slow")
  @Test
  void aKilledApplyGoesOnAsIfItHadNotBeenKilled() throws Exception {
    BlockList list = new BlockList().creates(400).shuffled(KilledRuns.SEED);
    list.to(directory.resolve("list.csv"));
    String[] plan = {
      "import", "-r", "block-senders", "list.csv", "--strategy", "rows", "--dry-run"
    };
    for (String name : List.of("a", "b")) {
      Ended made = sluice(TwoAccounts.with(plan, "--profile", name, "--save-plan", name + ".plan"));
      assertThat(made.exit()).describedAs(made.err()).isZero();
    }
    assertThat(sluice("apply", "a.plan", "--profile", "a", "--results", "calm").exit()).isZero();
    List<String> begin =
        List.of(TwoAccounts.command("apply", "b.plan", "--profile", "b", "--results", "killed"));
    List<String> resume = new ArrayList<>(begin);
    resume.add("--resume");
    new KilledRuns(
            accounts.sluice(directory),
            accounts.b,
            directory.resolve("killed"),
            new Random(KilledRuns.SEED),
            600,
            40)
        .kill(8, begin, resume);
    Ended last = accounts.sluice(directory).run(resume.toArray(new String[0]));

    assertThat(last.exit()).describedAs(last.err()).isZero();
    assertThat(rows("killed")).isEqualTo(rows("calm"));
    assertThat(BlockList.state(accounts.b)).isEqualTo(BlockList.state(accounts.a));
    assertThat(b.creations(BlockList.RESOURCE).values()).containsOnly(1);
  }

  private Object rows(String results) throws IOException {
    return new RunFiles(directory.resolve(results)).rows();
  }

  private void assertRefused(String why, String... command) throws Exception {
    Ended refused = sluice(command);
    assertThat(refused.exit()).describedAs(refused.err()).isEqualTo(2);
    assertThat(refused.err()).contains(why);
  }
}
