package io.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.Eventually;
import io.sluice.LogLines;
import io.sluice.disk.PrivateFiles;
import io.sluice.job.store.Database;
import io.sluice.job.store.DatabaseSettings;
import io.sluice.job.store.JobStore;
import io.sluice.pipeline.imports.ImportOptions;
import io.sluice.report.RunId;
import io.sluice.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log says of each job when it began, was taken over and ended. */
final class JobLogTest {
  private static final String LOGGER = "io.sluice.job.Jobs";

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = JobRig.sandbox().start();

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void aJobBeginsAndEnds() throws IOException {
    try (LogLines log = LogLines.of(LOGGER)) {
      String id;
      try (JobRig rig = JobRig.embedded(directory, sandbox)) {
        id = rig.awaitEnd(rig.submit(JobRig.export("one", null), "anna").id()).id();
      }
      assertThat(log.all())
          .hasSize(2)
          .satisfiesExactly(
              begun ->
                  assertThat(begun)
                      .isEqualTo(
                          "INFO job " + id + " (export of one) begins, asked for by anna, on test"),
              ended ->
                  assertThat(ended)
                      .matches(
                          "INFO job " + id + " \\(export of one\\) ended with exit 0 after .* s"));
    }
  }

  @Test
  void aJobThatFailedEndsWithItsExit() throws IOException {
    sandbox.account("00000000000000000000000000000001").seed("block_senders", 100);
    try (LogLines log = LogLines.of(LOGGER);
        JobRig rig = JobRig.embedded(directory, sandbox)) {
      String upload = rig.upload("rows.csv", "pattern,pattern_type\nno domain,DOMAIN\n");
      rig.awaitEnd(rig.imported(upload, ImportOptions.DEFAULT).id());

      Eventually.is(
          log::all,
          lines -> lines.get(lines.size() - 1).contains("(import of one) ended with exit 4"));
    }
  }

  @Test
  void aTakeOverNamesTheProcessThatHadIt() throws IOException {
    Path data = directory.resolve("data");
    PrivateFiles.createDirectories(data);
    String id = RunId.at(Instant.now()).text();
    try (Database database = Database.open(DatabaseSettings.embedded(data))) {
      JobStore store = new JobStore(database);
      store.add(running(id), handle -> {});
      assertThat(store.begin(id, "sluice-1-dead", Instant.now())).isPresent();
    }
    try (LogLines log = LogLines.of(LOGGER);
        JobRig rig = JobRig.embedded(directory, sandbox)) {
      assertThat(rig.awaitEnd(id).exit()).isZero();

      // The line comes just after the job has ended for those who look at it.
      Eventually.is(log::all, lines -> lines.size() == 2);
      assertThat(log.all().get(0))
          .isEqualTo(
              "WARN job "
                  + id
                  + " (export of one) is taken over by test from sluice-1-dead, which has died or"
                  + " ended");
      assertThat(log.all().get(1)).contains("ended with exit 0");
    }
  }

  private static Job running(String id) {
    return new Job(
        id,
        JobKind.EXPORT,
        "one",
        "00000000000000000000000000000001",
        "",
        List.of("domains"),
        false,
        JobRig.export("one", List.of("domains")),
        JobState.QUEUED,
        null,
        null,
        null,
        null,
        "anna",
        Instant.now(),
        null,
        null,
        null,
        0,
        null);
  }
}
