package io.sluice.cli;

import io.sluice.pipeline.Failure;
import io.sluice.pipeline.imports.ImportResult;
import io.sluice.pipeline.imports.PlanSummary;
import io.sluice.report.Action;
import io.sluice.report.Counts;
import io.sluice.report.ExitCode;
import io.sluice.report.FailureCause;
import io.sluice.report.Outcome;
import io.sluice.report.Summary;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Results of imports that never ran. */
public record ImportResults(
    String mode,
    boolean dryRun,
    ExitCode exit,
    Map<Outcome, Long> rows,
    Map<Outcome, Long> deletes,
    List<FailureCause> failures,
    @Nullable PlanSummary plan,
    @Nullable Failure failure,
    @Nullable Path safety) {

  public static ImportResults of(ExitCode exit, Map<Outcome, Long> rows) {
    return new ImportResults("upsert", false, exit, rows, Map.of(), List.of(), null, null, null);
  }

  public ImportResults rehearsed(PlanSummary planned) {
    return new ImportResults(mode, true, exit, rows, deletes, failures, planned, failure, safety);
  }

  public ImportResults mirrored(Map<Outcome, Long> deleted, @Nullable Path saved) {
    return new ImportResults("mirror", dryRun, exit, rows, deleted, failures, plan, failure, saved);
  }

  public ImportResults because(FailureCause... causes) {
    return new ImportResults(
        mode, dryRun, exit, rows, deletes, List.of(causes), plan, failure, safety);
  }

  public ImportResults endedBy(Failure why) {
    return new ImportResults(mode, dryRun, exit, rows, deletes, failures, plan, why, safety);
  }

  public ImportResult result() {
    Counts counts = new Counts(rows);
    boolean remain = rows.keySet().stream().anyMatch(Outcome::remains);
    Map<String, String> report = Map.of("report", "r/report.csv");
    Summary summary =
        new Summary(
            "2026-11-21T020000Z-abcdef",
            "0a1b",
            "block_senders",
            mode,
            dryRun,
            exit,
            Instant.EPOCH,
            Instant.EPOCH.plusSeconds(2),
            counts.total(),
            counts,
            new Counts(deletes),
            7,
            failures,
            remain ? Map.of("report", "r/report.csv", "failed", "r/failed.csv") : report,
            0,
            0,
            0);
    return new ImportResult(summary, Path.of("r"), plan, failure, safety, List.of());
  }

  /** A plan with such changes. */
  public static PlanSummary plan(Map<Action, Long> changes, Set<Action> batched, Duration time) {
    long total = changes.values().stream().mapToLong(Long::longValue).sum();
    long requests = batched.isEmpty() ? total : (total + 999) / 1000;
    return new PlanSummary(
        1402, changes, 0, 3, 0, List.of(), 0, 0, 0, Map.of(), 1402, Map.of(), Map.of(), batched,
        requests, 2, time, null);
  }
}
