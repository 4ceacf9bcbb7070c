package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.SluiceProcess.Ended;
import io.sluice.sandbox.Sandbox;
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

/**
 * An import that is killed any number of times, at any moment, and resumed each time ends as one
 * that nobody disturbed.
 */
@Tag("slow")
final class KilledImportIT {
  private static final int HELD = 2500;

  @TempDir private Path directory = Path.of("");
  private final Sandbox calm = sandbox();
  private final Sandbox killed = sandbox();

  private static Sandbox sandbox() {
    return Sandbox.builder().seed(7).latency(Duration.ofMillis(20)).start();
  }

  @BeforeEach
  void fill() {
    calm.account().seed(BlockList.RESOURCE, HELD);
    killed.account().seed(BlockList.RESOURCE, HELD);
  }

  @AfterEach
  void stop() {
    calm.close();
    killed.close();
  }

  @Test
  void rowByRow() throws Exception {
    BlockList list = mixed(2000);
    list.to(directory.resolve("list.csv"));

    assertEndsTheSame(20, 90, list, "--strategy", "rows", "--skip-invalid");
  }

  @Test
  void inBatches() throws Exception {
    BlockList list = mixed(6000);
    list.to(directory.resolve("list.csv"));
    killed.faults().onBatch(BlockList.RESOURCE).then(Fault.delay(Duration.ofMillis(100)));

    assertEndsTheSame(20, 2, list, "--strategy", "batch", "--skip-invalid");
  }

  @Test
  void mirroring() throws Exception {
    BlockList list =
        new BlockList()
            .creates(200)
            .updates(calm, 0, 100)
            .unchanged(calm, 100, 2000)
            .shuffled(KilledRuns.SEED);
    list.to(directory.resolve("list.csv"));

    assertEndsTheSame(
        8, 250, list, "--mode", "mirror", "--strategy", "rows", "--yes", "--max-deletes", "500");
    assertThat(killed.account().count(BlockList.RESOURCE)).isEqualTo(list.size());
  }

  private BlockList mixed(int creates) {
    return new BlockList()
        .creates(creates)
        .updates(calm, 0, 150)
        .unchanged(calm, 150, 300)
        .refused(8, calm, killed)
        .invalid(3)
        .shuffled(KilledRuns.SEED);
  }

  private void assertEndsTheSame(int kills, int writesBetween, BlockList list, String... options)
      throws Exception {
    int beginning =
        KilledRuns.untilFirstCall(process(calm).start(command("measured", options)), calm);
    assertThat(calm.requestLog().writes()).isZero();
    Ended undisturbed = process(calm).run(command("undisturbed", options));
    RunFiles expected = new RunFiles(directory.resolve("undisturbed"));
    expected.assertAddsUp(list.size());

    KilledRuns runs =
        new KilledRuns(
            process(killed),
            killed,
            directory.resolve("killed"),
            new Random(KilledRuns.SEED),
            beginning,
            writesBetween);
    String[] begin = command("killed", options);
    List<String> resume = new ArrayList<>(List.of(begin));
    resume.add("--resume");
    runs.kill(kills, List.of(begin), resume);
    Ended last = process(killed).run(resume.toArray(new String[0]));

    String how = "seed " + KilledRuns.SEED + ": " + runs + "; last: " + last.err() + last.out();
    RunFiles actual = new RunFiles(directory.resolve("killed"));
    assertThat(last.exit()).describedAs(how).isEqualTo(undisturbed.exit());
    assertThat(actual.rows()).describedAs(how).isEqualTo(expected.rows());
    assertThat(actual.unnamed()).describedAs(how).isEqualTo(expected.unnamed());
    assertThat(actual.failed()).describedAs(how).hasSameSizeAs(expected.failed());
    actual.assertAddsUp(list.size());
    assertThat(BlockList.state(killed)).describedAs(how).isEqualTo(BlockList.state(calm));
    assertThat(killed.account().creations(BlockList.RESOURCE).values())
        .describedAs(how)
        .containsOnly(1);
    assertThat(runs.kills()).describedAs(how).containsOnlyKeys(KilledRuns.Phase.values());
    assertThat(runs.kills().values().stream().mapToInt(n -> n).sum()).isEqualTo(kills);
  }

  private static String[] command(String results, String... options) {
    List<String> command =
        new ArrayList<>(List.of("import", "-r", "block-senders", "list.csv", "--results", results));
    command.addAll(List.of("--rate", "100000/1s"));
    command.addAll(List.of(options));
    return command.toArray(new String[0]);
  }

  private SluiceProcess process(Sandbox sandbox) {
    return new SluiceProcess(directory).against(sandbox).withoutInput().quick();
  }
}
