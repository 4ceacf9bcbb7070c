package io.sluice.pipeline.imports;

import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.Failure;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.imports.apply.Change;
import io.sluice.pipeline.imports.input.CheckedInput;
import io.sluice.pipeline.imports.input.RunInput;
import io.sluice.pipeline.imports.input.ValidatedRow;
import io.sluice.pipeline.imports.results.ReportWriter;
import io.sluice.pipeline.imports.results.RowNotes;
import io.sluice.pipeline.imports.results.RowResults;
import io.sluice.report.Action;
import io.sluice.report.Counts;
import io.sluice.report.ExitCode;
import io.sluice.report.Outcome;
import io.sluice.report.RowResult;
import io.sluice.report.Summary;
import io.sluice.report.journal.ResultIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The ways in which a run ends, each with a report of every row. Blocking. */
final class RunReport {
  private final RunContext run;
  private final ImportRequest request;
  private final ImportState.Validated validated;
  private final RunInput input;
  private final AccountSession session;
  private final Clock clock;
  private @Nullable Path corrected;

  RunReport(ImportState.Validated validated, AccountSession session, Clock clock) {
    this.run = validated.run();
    this.request = run.request();
    this.validated = validated;
    this.input = validated.input();
    this.session = session;
    this.clock = clock;
  }

  /** Nothing was sent, since the input or the plan does not permit it. */
  ImportResult refused(ImportState.Refused refused) throws IOException {
    Failure why = refused.why();
    ImportState.Planned planned = refused.planned();
    ReportWriter.Written written =
        planned == null
            ? unplanned(why.code(), why.message())
            : rehearse(planned, why.code(), why.message());
    return result(why.exit(), written, planned == null ? null : planned.summary(), why);
  }

  /** Nothing was sent, as it was meant. */
  ImportResult rehearsed(ImportState.Planned planned) throws IOException {
    ReportWriter.Written written = rehearse(planned, "dry_run", "planned, not sent");
    ExitCode exit = ExitCode.ofRun(moved(Set.of(), written), written.rows(), Counts.none());
    return result(exit, written, planned.summary(), null);
  }

  /** Everything was tried. */
  ImportResult executed(ImportState.Applied applied) throws IOException {
    Failure failure = applied.execution().failure().orElse(null);
    String code = failure == null ? RowResult.STOPPED : failure.code();
    String message = failure == null ? "the run was stopped before" : failure.message();
    try (ResultIndex results = applied.execution().results()) {
      Iterator<String> deletes = results.deletes();
      ReportWriter.Written written =
          writer(Outcome::remains)
              .write(
                  applied.planned().rows().rows(),
                  row -> result(row, results, code, message),
                  () -> nextDelete(deletes, results));
      ExitCode exit =
          ExitCode.ofRun(
              moved(applied.execution().halted(), written), written.rows(), written.deletes());
      return result(exit, written, applied.planned().summary(), failure);
    }
  }

  /** A change that was planned and not made is told by the exit code as a row that failed. */
  private static Set<ExitCode> moved(Set<ExitCode> reasons, ReportWriter.Written written) {
    if (written.moved() == 0) {
      return reasons;
    }
    Set<ExitCode> all = EnumSet.of(ExitCode.ROWS_FAILED);
    all.addAll(reasons);
    return all;
  }

  /** The outcome of the row; of one that was not reached, that nothing was done for it. */
  private static RowResult result(PlannedRow row, ResultIndex results, String code, String message)
      throws IOException {
    if (row instanceof PlannedRow.Settled settled && settled.byInput()) {
      return settled.result();
    }
    return results.result(row.number()).orElseGet(() -> untouched(row, code, message));
  }

  private static RowResult untouched(PlannedRow row, String code, String message) {
    if (row instanceof PlannedRow.Pending pending) {
      Change change = pending.change();
      String id = change.said().path("id").asString("");
      return untouched(change.row(), change.line(), id, change.key(), code, message);
    } else if (row instanceof PlannedRow.Settled settled) {
      RowResult planned = settled.result();
      String id = planned.id() == null ? "" : planned.id();
      return untouched(planned.row(), planned.line(), id, planned.key(), code, message);
    }
    throw new IllegalStateException("the result of row " + row.number() + " is lost");
  }

  private static RowResult untouched(
      long number, long line, String id, String key, String code, String message) {
    String known = id.isEmpty() ? null : id;
    return RowResult.uncalled(number, line, Outcome.UNPROCESSED, Action.NONE, known, key)
        .because(code, null, message);
  }

  private static @Nullable RowResult nextDelete(Iterator<String> ids, ResultIndex results)
      throws IOException {
    while (ids.hasNext()) {
      RowResult result = results.delete(ids.next()).orElse(null);
      if (result != null) {
        return result;
      }
    }
    return null;
  }

  /** Reports every row as it is planned. */
  private ReportWriter.Written rehearse(ImportState.Planned planned, String code, String message)
      throws IOException {
    PlannedRow.Rows unnamed = planned.rows().unnamed();
    Iterator<RowResult> deleted = run.past().finishedDeletes();
    return writer(unsent())
        .write(
            planned.rows().rows(),
            row -> plannedResult(row, code, message),
            () -> deleted.hasNext() ? deleted.next() : plannedUnnamed(unnamed, code, message));
  }

  /** Of the records that no row names the next one whose delete is not done and told already. */
  private @Nullable RowResult plannedUnnamed(PlannedRow.Rows unnamed, String code, String message)
      throws IOException {
    PlannedRow planned = unnamed.next();
    while (planned instanceof PlannedRow.Kept) {
      planned = unnamed.next();
    }
    return planned == null ? null : plannedResult(planned, code, message);
  }

  private RowResult plannedResult(PlannedRow planned, String code, String message)
      throws IOException {
    if (planned instanceof PlannedRow.Settled settled) {
      return settled.result();
    } else if (planned instanceof PlannedRow.Pending pending) {
      return pending.unsent(code, message).result();
    }
    return run.past()
        .result(planned.number())
        .orElseThrow(() -> new IOException("the result of row " + planned.number() + " is lost"));
  }

  /** Reports rows that were not planned. */
  private ReportWriter.Written unplanned(String code, String message) throws IOException {
    try (CheckedInput.Rows rows = validated.file().open()) {
      return writer(unsent())
          .write(
              () -> unplanned(rows.next(), code, message),
              row -> plannedResult(row, code, message),
              () -> null);
    }
  }

  /** What an earlier process made of the row, or else that nothing was done for it. */
  private @Nullable PlannedRow unplanned(@Nullable ValidatedRow row, String code, String message)
      throws IOException {
    if (row == null) {
      return null;
    }
    RowResult result = RowResults.ofValidation(request.resource(), row);
    if (result == null) {
      result = run.past().result(row.number()).orElse(null);
    }
    if (result == null) {
      String id = row.record().path("id").asString("");
      String key = RowResults.key(request.resource(), row.record());
      result = untouched(row.number(), row.line(), id, key, code, message);
    }
    return new PlannedRow.Settled(result, false, RowNotes.of(row));
  }

  private ReportWriter writer(Predicate<Outcome> left) throws IOException {
    corrected = run.results().keepCorrectedRows();
    // If this process dies before it writes another, its own failed rows must not seem corrected.
    Files.deleteIfExists(run.results().summary());
    run.events()
        .accept(new RunEvent.Progress(RunEvent.Phase.REPORTING, request.resource(), 0, null));
    return new ReportWriter(input, run.results(), request.names(), left);
  }

  /**
   * Where nothing was sent, only rows that a person has to look at: all others are in the input.
   */
  private Predicate<Outcome> unsent() {
    return run.past().journal() == null ? Outcome::needsPerson : Outcome::remains;
  }

  private ImportResult result(
      ExitCode exit,
      ReportWriter.Written written,
      @Nullable PlanSummary plan,
      @Nullable Failure failure)
      throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("report", run.results().report().toString());
    if (written.created() != null) {
      files.put("created", written.created().toString());
    }
    if (written.failed() != null) {
      files.put("failed", written.failed().toString());
    }
    if (Files.exists(run.results().journal())) {
      files.put("journal", run.results().journal().toString());
    }
    Summary summary =
        new Summary(
            run.id().text(),
            session.account().id(),
            request.resource().name(),
            request.mode().label(),
            request.dryRun(),
            exit,
            run.startedAt(),
            clock.instant(),
            input.summary().rows(),
            written.rows(),
            written.deletes(),
            session.requests(),
            written.failures(),
            files,
            input.summary().rewritings().rows(),
            written.retryable(),
            written.heldBy());
    summary.write(run.results().summary());
    List<String> warnings = new ArrayList<>(input.summary().warnings());
    if (written.unwritten() != null) {
      warnings.add(written.unwritten());
    }
    if (corrected != null) {
      warnings.add(
          "the file of failed rows was changed since the run wrote it: it is kept as "
              + corrected
              + ", and can be imported");
    }
    return new ImportResult(summary, run.results().path(), plan, failure, null, warnings);
  }
}
