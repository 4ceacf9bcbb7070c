package io.sluice.pipeline.imports;

import static io.sluice.pipeline.imports.ImportTest.assertCounts;
import static io.sluice.report.Outcome.CREATED;
import static io.sluice.report.Outcome.DELETED;
import static io.sluice.report.Outcome.SKIPPED;
import static io.sluice.report.Outcome.UNCHANGED;
import static io.sluice.report.Outcome.UNPROCESSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.plan.Mode;
import io.sluice.report.ExitCode;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.fault.Fault;
import io.sluice.sandbox.fault.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** A run that is gone on with tells of every row what became of it, whoever did it. */
final class ResumeTest {
  private static final String LIST = "block_senders";
  private static final Duration SHORT = Duration.ofMillis(300);

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = Sandbox.builder().start();

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void aMirroredDeleteWhoseAnswersWereLostIsDeleted() throws IOException {
    rig("before").csv(Rows.senders(30));
    Faults.Rule outage = outageOnceDeleting();
    ImportRig rig =
        rig("now").mode(Mode.MIRROR).by(Strategy.BATCH).maxDeletes("100%").maxOutage(SHORT);
    ImportResult stopped = rig.csv(Rows.senders(20));
    assertThat(stopped.summary().exit()).isEqualTo(ExitCode.GAVE_UP);
    assertThat(sandbox.account().count(LIST)).isLessThan(30);

    outage.remove();
    ImportResult result = rig.resuming().csv(Rows.senders(20));
    assertThat(result.summary().exit()).isEqualTo(ExitCode.OK);
    assertThat(sandbox.account().count(LIST)).isEqualTo(20);
    assertThat(result.summary().deletes().of(DELETED)).isEqualTo(10);
    assertThat(result.summary().deletes().total()).isEqualTo(10);
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void aDeletedRowWhoseAnswersWereLostIsDeleted() throws IOException {
    rig("before").csv(Rows.senders(30));
    Faults.Rule outage = outageOnceDeleting();
    ImportRig rig =
        rig("now").mode(Mode.DELETE).by(Strategy.ROWS).maxDeletes("100%").maxOutage(SHORT);
    rig.csv(Rows.senders(20));
    outage.remove();

    assertCounts(rig.resuming().csv(Rows.senders(20)), DELETED, 20);
  }

  private Faults.Rule outageOnceDeleting() {
    boolean[] begun = {false};
    return sandbox
        .faults()
        .when(
            request -> {
              begun[0] |=
                  request.method().equals("DELETE") || request.text().contains("\"deletes\":[{");
              return begun[0];
            })
        .then(Fault.status(503).afterEffect());
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void aRefusedResumptionStillTellsWhatWasDone() throws IOException {
    rig("before").csv(Rows.senders(30));
    ImportRig rig = rig("now").mode(Mode.MIRROR).by(Strategy.ROWS).maxDeletes("100%");
    rig.concurrency(1).onRow(row -> stopAt(rig, row.row() == 0));
    ImportResult stopped = rig.csv(Rows.senders(10, 40, i -> "seen " + i));
    assertThat(stopped.summary().exit()).isEqualTo(ExitCode.INTERRUPTED);
    assertCounts(stopped, CREATED, 10, UNCHANGED, 20);
    long deleted = stopped.summary().deletes().of(DELETED);

    ImportRig again =
        rig("now")
            .mode(Mode.MIRROR)
            .by(Strategy.ROWS)
            .maxDeletes("100%")
            .confirmedBy(plan -> Mono.just(false))
            .resuming();
    ImportResult result = again.csv(Rows.senders(10, 40, i -> "seen " + i));
    assertThat(result.summary().exit()).isEqualTo(ExitCode.REFUSED);
    assertCounts(result, CREATED, 10, UNCHANGED, 20);
    assertThat(result.summary().deletes().of(DELETED)).isEqualTo(deleted);
    assertThat(result.summary().deletes().of(UNPROCESSED)).isEqualTo(10 - deleted);
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void rowsThatSomebodyCorrectedAreKeptWhenTheRunIsResumed() throws IOException {
    sandbox.faults().reject("bad.example", 10021, "no");
    String input = "pattern\nhost0.example\nbad.example\n";
    rig("now").csv(input);
    Path failed = directory.resolve("now/results/failed.csv");
    String corrected = Files.readString(failed).replace("bad.example", "good.example");
    Files.writeString(failed, corrected);
    FileTime summary = Files.getLastModifiedTime(failed.resolveSibling("summary.json"));
    Files.setLastModifiedTime(failed, FileTime.from(summary.toInstant().plusSeconds(60)));

    ImportResult result = rig("now").resuming().csv(input);

    Path kept = failed.resolveSibling("failed-corrected.csv");
    assertThat(kept).hasContent(corrected);
    assertThat(failed).content().contains("bad.example").doesNotContain("good.example");
    assertThat(result.warnings()).anyMatch(warning -> warning.contains("it is kept as " + kept));
    assertThat(rig("now").resuming().csv(input).warnings())
        .noneMatch(warning -> warning.contains("it is kept as"));
  }

  private static void stopAt(ImportRig rig, boolean now) {
    if (now) {
      rig.stop.stop();
    }
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void aRecordThatSomebodyElseDeletesBetweenTwoRunsIsNotLeftUnprocessed() throws IOException {
    rig("before").csv(Rows.senders(2));
    sandbox.faults().reject("bad.example", 10021, "no");
    ImportRig rig = rig("now").mode(Mode.MIRROR);
    ImportResult stopped = rig.csv("pattern\nhost0.example\nbad.example\n");
    assertThat(stopped.summary().deletes().of(UNPROCESSED)).isEqualTo(1);

    ObjectNode other =
        sandbox.account().records(LIST).stream()
            .filter(record -> record.path("pattern").asString().equals("host1.example"))
            .findFirst()
            .orElseThrow();
    sandbox.account().remove(LIST, other.path("id").asString());
    ImportResult result = rig.resuming().csv("pattern\nhost0.example\nbad.example\n");
    assertThat(result.summary().deletes().of(SKIPPED)).isEqualTo(1);
    assertThat(result.summary().deletes().total()).isEqualTo(1);
  }

  private ImportRig rig(String name) throws IOException {
    Path own = directory.resolve(name);
    Files.createDirectories(own);
    return new ImportRig(sandbox, own).answerTimeout(Duration.ofSeconds(1));
  }
}
