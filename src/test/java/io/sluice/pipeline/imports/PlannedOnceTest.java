package io.sluice.pipeline.imports;

import static io.sluice.report.Outcome.CREATED;
import static io.sluice.report.Outcome.FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.format.InputFormat;
import io.sluice.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What was planned and confirmed is what is carried out, whatever becomes of the file. */
class PlannedOnceTest {
  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = Sandbox.builder().start();

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void aFileThatIsReplacedAfterThePlanChangesNothing() throws IOException {
    ImportResult result = replacing(rig()).csv(Rows.senders(50));

    assertThat(result.summary().counts().of(CREATED)).isEqualTo(50);
    assertThat(sandbox.account().records("block_senders"))
        .extracting(record -> record.path("pattern").asString())
        .noneMatch(pattern -> pattern.startsWith("other"));
    assertThat(result.warnings()).isEmpty();
  }

  @Test
  void theReportIsWholeThoughFailedRowsCannotBeReadAgain() throws IOException {
    sandbox.faults().reject("host7.example", 10021, "not here", "/pattern");
    ImportRig rig = rig();
    ImportResult result = replacing(rig).csv(Rows.senders(50));

    assertThat(result.summary().counts().of(CREATED)).isEqualTo(49);
    assertThat(result.summary().counts().of(FAILED)).isEqualTo(1);
    assertThat(rig.report()).hasSize(50);
    assertThat(rig.results.resolve("failed.csv")).doesNotExist();
    assertThat(result.warnings()).singleElement().asString().contains("was changed while");
  }

  private ImportRig rig() {
    return new ImportRig(sandbox, directory).by(Strategy.ROWS);
  }

  /** Somebody writes another file to the same place while the question is asked. */
  private ImportRig replacing(ImportRig rig) {
    Path file = rig.input(InputFormat.CSV);
    return rig.confirmedBy(
        plans ->
            Mono.fromCallable(
                    () -> {
                      Files.writeString(
                          file, "pattern,pattern_type,is_regex\nother.example,DOMAIN,false\n");
                      return true;
                    })
                .subscribeOn(Schedulers.boundedElastic()));
  }
}
