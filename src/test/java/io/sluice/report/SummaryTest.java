package io.sluice.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.report.journal.RunHeader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class SummaryTest {

  @Test
  void theFileHoldsEverything() throws IOException {
    FailureCauses causes = new FailureCauses();
    causes.add(TestRun.result(4, Outcome.FAILED).because("10021", null, "no \u202e"));
    causes.add(TestRun.result(2, Outcome.INVALID).because("too_long", "/pattern", "too long"));
    causes.add(TestRun.result(9, Outcome.INVALID).because("too_long", "/pattern", "too long"));
    causes.add(TestRun.result(5, Outcome.UNPROCESSED));
    Counts counts =
        new Counts(Map.of(Outcome.CREATED, 6L, Outcome.FAILED, 1L, Outcome.INVALID, 2L));
    try (TestRun run = new TestRun()) {
      Path path = run.directory.resolve("summary.json");

      summary(9, counts, causes.top(5)).write(path);

      JsonNode json = JsonMapper.shared().readTree(path.toFile());
      assertThat(json.get("run_id").asString()).isEqualTo("2026-11-21T020000Z-00abcd");
      assertThat(json.get("exit").asInt()).isEqualTo(3);
      assertThat(json.get("dry_run").asBoolean()).isFalse();
      assertThat(json.get("started_at").asString()).isEqualTo("2026-11-21T02:00:00.000000001Z");
      assertThat(json.get("rows").asLong()).isEqualTo(9);
      assertThat(json.get("counts").get("created").asLong()).isEqualTo(6);
      assertThat(json.get("counts").get("unknown").asLong()).isZero();
      assertThat(json.get("counts").size()).isEqualTo(Outcome.values().length);
      assertThat(json.get("deletes").get("deleted").asLong()).isZero();
      assertThat(json.get("failures").get(0).get("code").asString()).isEqualTo("too_long");
      assertThat(json.get("failures").get(0).get("count").asLong()).isEqualTo(2);
      assertThat(json.get("failures").get(0).get("row").asLong()).isEqualTo(2);
      assertThat(json.get("failures").get(1).get("message").asString()).isEqualTo("no \u202e");
      assertThat(json.get("failures").size()).isEqualTo(2);
      assertThat(json.get("files").get("report").asString()).isEqualTo("report.csv");
    }
  }

  @Test
  void causesAreBoundedWhateverTheMessagesSay() {
    FailureCauses causes = new FailureCauses();
    for (int row = 1; row <= 5000; row++) {
      causes.add(TestRun.result(row, Outcome.FAILED).because("x", null, "no " + row));
    }
    causes.add(TestRun.result(5001, Outcome.FAILED).because("x", null, "no 77"));

    assertThat(causes.top(2)).extracting(FailureCause::count).containsExactly(2L, 1L);
    assertThat(causes.top(5000)).hasSize(1000);
  }

  static Summary summary(long rows, Counts counts, List<FailureCause> failures) {
    RunHeader header = TestRun.header(rows);
    return new Summary(
        header.runId(),
        header.accountId(),
        header.resource(),
        header.mode(),
        false,
        ExitCode.ROWS_FAILED,
        TestRun.START,
        TestRun.START.plusSeconds(9),
        rows,
        counts,
        Counts.none(),
        12,
        failures,
        Map.of("report", "report.csv"),
        0,
        0,
        0);
  }
}
