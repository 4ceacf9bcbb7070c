package io.sluice.pipeline.imports.apply;

import static io.sluice.pipeline.imports.ImportTest.assertCounts;
import static io.sluice.report.Outcome.CREATED;
import static io.sluice.report.Outcome.FAILED;
import static io.sluice.report.Outcome.UPDATED;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.pipeline.imports.ImportResult;
import io.sluice.pipeline.imports.ImportRig;
import io.sluice.pipeline.imports.Rows;
import io.sluice.pipeline.imports.Strategy;
import io.sluice.sandbox.Request;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches stay batches as long as the API takes them. */
final class BatchWritesTest {
  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = Sandbox.builder().start();

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void oneMissingRecordDoesNotTakeTheBatchesAway() throws IOException {
    rig("before").csv(Rows.senders(3_000));
    sandbox.requestLog().reset();
    sandbox
        .faults()
        .when(request -> request.text().contains("\"other 7\""))
        .then(Fault.status(404, 1002, "no such record"));
    ImportResult result = rig("now").csv(Rows.senders(0, 3_000, i -> "other " + i));

    assertCounts(result, UPDATED, 2_999, FAILED, 1);
    assertThat(sandbox.requestLog().writes()).isLessThan(1_010);
  }

  @Test
  void anEndpointThatRefusesEverythingIsNotTheRowsFault() throws IOException {
    sandbox.faults().when(Request::isBatch).then(Fault.status(400, 1001, "no batches today"));
    ImportResult result = rig("now").by(Strategy.BATCH).csv(Rows.senders(1_000));

    assertCounts(result, CREATED, 1_000);
    assertThat(sandbox.requestLog().writes()).isLessThan(1_020);
  }

  private ImportRig rig(String name) throws IOException {
    Path own = directory.resolve(name);
    Files.createDirectories(own);
    return new ImportRig(sandbox, own);
  }
}
