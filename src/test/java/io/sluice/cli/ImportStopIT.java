package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.SluiceProcess.Ended;
import io.sluice.sandbox.Sandbox;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An import that is asked to end does so in good order, and can be gone on with. */
@Tag("slow")
final class ImportStopIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int ROWS = 400;

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = Sandbox.builder().latency(Duration.ofMillis(100)).start();

  @BeforeEach
  void fill() throws Exception {
    sandbox.account().seed(BlockList.RESOURCE, 1500);
    new BlockList().creates(ROWS).to(directory.resolve("list.csv"));
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void sigtermFinishesAndRecordsWhatIsInFlightAndResumeDoesTheRest() throws Exception {
    Process process = sluice().startInto(directory.resolve("out.json"), rows("list.csv", "--json"));
    await(process, () -> created() >= 40);
    end(process);

    assertThat(process.exitValue()).isEqualTo(130);
    Map<String, Long> outcomes = results().outcomes();
    results().assertAddsUp(ROWS);
    assertThat(outcomes).containsOnlyKeys("created", "unprocessed");
    assertThat(outcomes.get("created")).isEqualTo(created());
    assertThat(results().failed()).hasSize(ROWS - (int) created());
    JsonNode said = JSON.readTree(Files.readString(directory.resolve("out.json")));
    assertThat(said.get("exit").intValue()).isEqualTo(130);
    assertThat(results().summary().get("exit").intValue()).isEqualTo(130);

    Ended resumed = sluice().run(rows("list.csv", "--resume"));
    assertThat(resumed.exit()).describedAs(resumed.err()).isZero();
    results().assertAddsUp(ROWS);
    assertThat(results().outcomes()).containsOnlyKeys("created");
    assertThat(results().names()).doesNotContain("failed.csv");
    assertEachRowWasCreatedOnce();
  }

  @Test
  void whatIsLeftImportsAsItIs() throws Exception {
    Process process = sluice().start(rows("list.csv"));
    await(process, () -> created() >= 40);
    end(process);

    Ended rest =
        sluice()
            .run(
                "import", "-r", "block-senders", "r/failed.csv", "--results", "r2", "-q", "--json");

    assertThat(rest.exit()).describedAs(rest.err()).isZero();
    assertThat(new RunFiles(directory.resolve("r2")).outcomes()).containsOnlyKeys("created");
    assertEachRowWasCreatedOnce();
  }

  @Test
  void sigtermBeforeAnythingIsSentLeavesNothingInTheWay() throws Exception {
    Process process = sluice().startInto(directory.resolve("out.json"), rows("list.csv", "--json"));
    await(process, () -> sandbox.requestLog().total() > 0);
    end(process);

    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(sandbox.requestLog().writes()).isZero();
    JsonNode said = JSON.readTree(Files.readString(directory.resolve("out.json")));
    assertThat(said.at("/error/code").stringValue()).isEqualTo("interrupted");
    assertThat(results().names()).isEmpty();
    assertThat(sluice().run(rows("list.csv")).exit()).isZero();
    assertEachRowWasCreatedOnce();
  }

  @Test
  void standardInputNeedNotBeGivenAgain() throws Exception {
    SluiceProcess piped = sluice().reading(directory.resolve("list.csv"));
    killWhen(piped.start(rows("-")), () -> sandbox.requestLog().total() > 0);
    killWhen(sluice().start(rows("-", "--resume")), () -> created() >= 40);
    assertThat(created()).isBetween(1L, ROWS - 1L);

    Ended resumed = sluice().run(rows("-", "--resume"));
    assertThat(resumed.exit()).describedAs(resumed.err()).isZero();
    results().assertAddsUp(ROWS);
    assertThat(results().outcomes()).containsOnlyKeys("created");
    assertEachRowWasCreatedOnce();

    Ended again = sluice().run(rows("-", "--resume"));
    assertThat(again.exit()).describedAs(again.err()).isZero();
    assertThat(results().outcomes()).containsOnlyKeys("created");
  }

  @Test
  void standardInputThatNeverComesCanBeInterrupted() throws Exception {
    Process process =
        new SluiceProcess(directory)
            .against(sandbox)
            .startInto(directory.resolve("out.json"), rows("-", "--json"));
    await(process, () -> Files.exists(directory.resolve("r").resolve(".input.partial")));
    long start = System.nanoTime();
    try (OutputStream never = process.getOutputStream()) {
      end(process);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
      assertThat(process.exitValue()).isEqualTo(130);
      assertThat(never).isNotNull();
    }
    JsonNode said = JSON.readTree(Files.readString(directory.resolve("out.json")));
    assertThat(said.at("/error/code").stringValue()).isEqualTo("interrupted");
    assertThat(sandbox.requestLog().total()).isZero();
  }

  @Test
  void aResumedMirrorIsUndoneWithWhatWasSavedFirst() throws Exception {
    new BlockList().unchanged(sandbox, 0, 1300).to(directory.resolve("list.csv"));
    Map<String, String> before = BlockList.state(sandbox);
    String[] mirror = rows("list.csv", "--mode", "mirror", "--yes", "--max-deletes", "200");
    killWhen(sluice().start(mirror), () -> sandbox.requestLog().writes() >= 40);
    Ended resumed =
        sluice()
            .run(
                rows(
                    "list.csv",
                    "--mode",
                    "mirror",
                    "--yes",
                    "--max-deletes",
                    "200",
                    "--resume",
                    "--json"));
    assertThat(resumed.exit()).describedAs(resumed.err()).isZero();
    assertThat(sandbox.account().count(BlockList.RESOURCE)).isEqualTo(1300);

    String saved = JSON.readTree(resumed.out()).get("safety_snapshot").stringValue();
    Ended undone =
        sluice().run("import", "-r", "block-senders", saved, "--results", "u", "--rate", "9999/1s");
    assertThat(undone.exit()).describedAs(undone.err()).isZero();
    assertThat(BlockList.state(sandbox)).isEqualTo(before);
  }

  private long created() {
    return sandbox.account().creations(BlockList.RESOURCE).size();
  }

  private void assertEachRowWasCreatedOnce() {
    assertThat(sandbox.account().creations(BlockList.RESOURCE)).hasSize(ROWS);
    assertThat(sandbox.account().creations(BlockList.RESOURCE).values()).containsOnly(1);
  }

  private RunFiles results() {
    return new RunFiles(directory.resolve("r"));
  }

  private static String[] rows(String file, String... more) {
    List<String> command =
        new java.util.ArrayList<>(
            List.of("import", "-r", "block-senders", file, "--results", "r", "--strategy", "rows"));
    command.addAll(List.of("--rate", "100000/1s", "--concurrency", "8"));
    command.addAll(List.of(more));
    return command.toArray(new String[0]);
  }

  private static void await(Process process, BooleanSupplier moment) throws Exception {
    while (!moment.getAsBoolean()) {
      assertThat(process.waitFor(2, TimeUnit.MILLISECONDS)).describedAs("has ended").isFalse();
    }
  }

  private static void end(Process process) throws Exception {
    process.toHandle().destroy();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).describedAs("ends in time").isTrue();
  }

  private static void killWhen(Process process, BooleanSupplier moment) throws Exception {
    await(process, moment);
    process.destroyForcibly().waitFor();
  }

  private SluiceProcess sluice() {
    return new SluiceProcess(directory).against(sandbox).withoutInput().quick();
  }
}
