package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.SluiceProcess.Ended;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.fault.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** When an import does not begin, or does not go on: what it says, leaves and exits with. */
@Tag("slow")
final class ImportRefusalIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int HELD = 300;

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = Sandbox.builder().start();

  @BeforeEach
  void fill() throws Exception {
    sandbox.account().seed(BlockList.RESOURCE, HELD);
    new BlockList().creates(30).updates(sandbox, 0, 5).to(directory.resolve("list.csv"));
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void usedResultsAreNotOverwritten() throws Exception {
    assertThat(json(sluice(), 0, "list.csv", "--results", "r").has("error")).isFalse();
    String report = Files.readString(directory.resolve("r").resolve("report.csv"));

    assertThat(refusal(sluice(), 2, "list.csv", "--results", "r"))
        .contains("earlier run")
        .contains("--resume");
    assertThat(Files.readString(directory.resolve("r").resolve("report.csv"))).isEqualTo(report);
  }

  @Test
  void whereNoRunWasNoneIsResumed() throws Exception {
    assertThat(refusal(sluice(), 2, "list.csv", "--results", "typo", "--resume"))
        .contains("no run has left results in typo")
        .contains("without --resume");
    assertThat(directory.resolve("typo")).doesNotExist();
    assertThat(sandbox.requestLog().total()).isZero();
  }

  @Test
  void aRunIsNotGoneOnWithFromAnotherInput() throws Exception {
    json(sluice(), 0, "list.csv", "--results", "r");
    String report = Files.readString(directory.resolve("r").resolve("report.csv"));

    new BlockList().creates(31).to(directory.resolve("list.csv"));
    assertThat(refusal(sluice(), 2, "list.csv", "--results", "r", "--resume")).contains("list.csv");
    new BlockList().creates(30).invalid(1).to(directory.resolve("list.csv"));
    assertThat(refusal(sluice(), 2, "list.csv", "--results", "r", "--resume")).contains("list.csv");
    Files.write(directory.resolve("list.csv"), new byte[] {'a', (byte) 0xff, '\n'});
    assertThat(refusal(sluice(), 2, "list.csv", "--results", "r", "--resume")).contains("list.csv");

    assertThat(Files.readString(directory.resolve("r").resolve("report.csv"))).isEqualTo(report);
  }

  @Test
  void aRunIsNotGoneOnWithInAnotherWay() throws Exception {
    new BlockList().creates(30).invalid(1).to(directory.resolve("list.csv"));
    json(sluice(), 3, "list.csv", "--results", "r", "--skip-invalid");

    assertThat(refusal(sluice(), 2, "list.csv", "--results", "r", "--resume"))
        .contains("--skip-invalid");
    assertThat(
            refusal(
                sluice(),
                2,
                "list.csv",
                "--results",
                "r",
                "--resume",
                "--skip-invalid",
                "--mode",
                "create"))
        .contains("--mode");
    assertThat(new RunFiles(directory.resolve("r")).outcomes())
        .isEqualTo(Map.of("created", 30L, "invalid", 1L));
  }

  @Test
  void aDirectoryInUseIsRefused() throws Exception {
    sandbox.faults().everywhere().then(Fault.delay(Duration.ofSeconds(20)));
    Process other = sluice().start(command("list.csv", "--results", "r"));
    try {
      while (sandbox.requestLog().total() == 0) {
        assertThat(other.waitFor(2, TimeUnit.MILLISECONDS)).isFalse();
      }
      assertThat(refusal(sluice(), 2, "list.csv", "--results", "r")).contains("r");
      assertThat(refusal(sluice(), 2, "list.csv", "--results", "r", "--resume")).contains("r");
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  @Test
  void aDryRunShowsTheChangesAndMakesNone() throws Exception {
    Ended shown = sluice().run(command("list.csv", "--dry-run"));
    assertThat(shown.exit()).describedAs(shown.err()).isZero();
    assertThat(shown.out())
        .contains("+ create  line 2  EMAIL new-0@made.example")
        .contains("~ update  line 32")
        .contains("-> \"looked at again\"");

    JsonNode summary = json(sluice(), 0, "list.csv", "--dry-run", "--results", "r");
    assertThat(summary.get("changes")).hasSize(35);
    assertThat(summary.get("dry_run").booleanValue()).isTrue();
    assertThat(new RunFiles(directory.resolve("r")).outcomes())
        .isEqualTo(Map.of("unprocessed", 35L));
    assertThat(sandbox.requestLog().writes()).isZero();
  }

  @Test
  void aMirrorNeedsSomebodyWhoSaysYes() throws Exception {
    assertThat(refusal(sluice(), 2, "list.csv", "--mode", "mirror")).contains("--yes");
    assertThat(sandbox.requestLog().total()).isZero();
    assertThat(directory.resolve("sluice-results")).doesNotExist();
  }

  @Test
  void tooManyDeletesAreRefusedAndReported() throws Exception {
    Map<String, String> before = BlockList.state(sandbox);
    JsonNode refused = json(sluice(), 4, "list.csv", "--mode", "mirror", "--yes", "--results", "r");

    assertThat(refused.at("/error/code").stringValue()).isEqualTo("too_many_deletes");
    assertThat(refused.at("/error/message").stringValue()).contains("295").contains("30");
    assertThat(refused.at("/plan/delete").intValue()).isEqualTo(295);
    RunFiles files = new RunFiles(directory.resolve("r"));
    files.assertAddsUp(35);
    assertThat(files.outcomes()).isEqualTo(Map.of("unprocessed", 35L));
    assertThat(files.unnamed()).hasSize(295).allMatch(row -> row.get(3).equals("delete"));
    assertThat(sandbox.requestLog().writes()).isZero();
    assertThat(BlockList.state(sandbox)).isEqualTo(before);
  }

  @Test
  void aWrongTokenLeavesNothingInTheWayOfTheRightOne() throws Exception {
    SluiceProcess wrong = sluice().with("CLOUDFLARE_API_TOKEN", "wrong-secret");
    JsonNode failure = json(wrong, 5, "list.csv", "--results", "r");
    assertThat(failure.at("/error/code").stringValue()).isEqualTo("not_authenticated");
    assertThat(failure.at("/error/http_status").intValue()).isEqualTo(401);
    json(wrong, 5, "list.csv");
    assertThat(directory.resolve("r")).doesNotExist();
    assertThat(directory.resolve("sluice-results")).isEmptyDirectory();

    assertThat(json(sluice(), 0, "list.csv", "--results", "r").has("error")).isFalse();
  }

  @Test
  void aTokenThatMayOnlyReadEndsTheRunWithEveryRowAccountedFor() throws Exception {
    SluiceProcess reader = sluice().with("CLOUDFLARE_API_TOKEN", sandbox.readOnlyToken());
    JsonNode failure = json(reader, 5, "list.csv", "--results", "r", "--strategy", "rows");

    assertThat(failure.at("/error/code").stringValue()).isEqualTo("no_access");
    assertThat(failure.at("/error/hint").stringValue()).contains("permission");
    new RunFiles(directory.resolve("r")).assertAddsUp(35);
    JsonNode resumed = json(sluice(), 0, "list.csv", "--results", "r", "--resume");
    assertThat(resumed.at("/counts/created").intValue()).isEqualTo(30);
    assertThat(resumed.at("/counts/updated").intValue()).isEqualTo(5);
  }

  @Test
  void theTokenIsInNothingThatIsPrintedOrWritten() throws Exception {
    sandbox.faults().onCreate(BlockList.RESOURCE).times(3).then(Fault.html(502).afterEffect());
    sandbox.faults().onMethod("PATCH").times(1).then(Fault.reset());
    Ended done = sluice().run(command("list.csv", "-v", "--results", "r", "--strategy", "rows"));
    Ended refused =
        sluice()
            .with("CLOUDFLARE_API_TOKEN", "wrong-secret")
            .run(command("list.csv", "-v", "--results", "w"));

    assertThat(done.exit()).describedAs(done.err()).isZero();
    assertThat(done.out() + done.err() + refused.out() + refused.err())
        .doesNotContain(sandbox.token())
        .doesNotContain("wrong-secret");
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file)).doesNotContain(sandbox.token());
      }
    }
  }

  private JsonNode json(SluiceProcess process, int exit, String file, String... more)
      throws Exception {
    List<String> options = new ArrayList<>(List.of(more));
    options.add("--json");
    Ended ended = process.run(command(file, options.toArray(new String[0])));
    assertThat(ended.exit()).describedAs(ended.err() + ended.out()).isEqualTo(exit);
    assertThat(ended.out().lines()).hasSize(1);
    JsonNode said = JSON.readTree(ended.out());
    assertThat(said.get("exit").intValue()).isEqualTo(exit);
    return said;
  }

  /** What the error object says; nothing may have been sent that changes anything. */
  private String refusal(SluiceProcess process, int exit, String file, String... more)
      throws Exception {
    long writes = sandbox.requestLog().writes();
    JsonNode error = json(process, exit, file, more).get("error");
    assertThat(sandbox.requestLog().writes()).isEqualTo(writes);
    return error.get("message").stringValue() + " " + error.get("hint").asString("");
  }

  private static String[] command(String file, String... more) {
    List<String> command = new ArrayList<>(List.of("import", "-r", "block-senders", file));
    command.addAll(List.of(more));
    return command.toArray(new String[0]);
  }

  private SluiceProcess sluice() {
    return new SluiceProcess(directory).against(sandbox).withoutInput().quick();
  }
}
