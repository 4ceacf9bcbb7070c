package io.sluice.pipeline.imports;

import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.Failure;
import io.sluice.pipeline.imports.apply.Change;
import io.sluice.pipeline.imports.input.CheckedInput;
import io.sluice.pipeline.imports.input.ValidatedRow;
import io.sluice.pipeline.imports.results.ReportWriter;
import io.sluice.pipeline.imports.results.RowResults;
import io.sluice.plan.Mode;
import io.sluice.report.Action;
import io.sluice.report.Counts;
import io.sluice.report.ExitCode;
import io.sluice.report.Outcome;
import io.sluice.report.RowResult;
import io.sluice.report.Summary;
import io.sluice.report.SummaryFile;
import io.sluice.report.journal.JournalReader;
import io.sluice.report.journal.ResultIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The ways in which a run ends, each with a report of every row. Blocking. */
final class RunReport {
  private final RunContext run;
  private final ImportRequest request;
  private final CheckedInput input;
  private final AccountSession session;
  private final Clock clock;

  RunReport(ImportState.Validated validated, AccountSession session, Clock clock) {
    this.run = validated.run();
    this.request = run.request();
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
            ? writer(unsent()).write(row -> kept(row, why.code(), why.message()), () -> null)
            : rehearse(planned.plan(), why.code(), why.message());
    return result(why.exit(), written, planned == null ? null : planned.summary(), why);
  }

  /** Nothing was sent, as it was meant. */
  ImportResult rehearsed(ImportState.Planned planned) throws IOException {
    ReportWriter.Written written = rehearse(planned.plan(), "dry_run", "planned, not sent");
    ExitCode exit = ExitCode.ofRun(Set.of(), written.rows(), Counts.none());
    return result(exit, written, planned.summary(), null);
  }

  /** Everything was tried. */
  ImportResult executed(ImportState.Applied applied) throws IOException {
    Failure failure = applied.execution().failure().orElse(null);
    String code = failure == null ? "stopped" : failure.code();
    String message = failure == null ? "the run was stopped before" : failure.message();
    try (JournalReader journal = JournalReader.open(run.results().journal());
        ResultIndex results = journal.results()) {
      Iterator<String> deletes = results.deletes();
      ReportWriter.Written written =
          writer(Outcome::remains)
              .write(
                  row -> {
                    RowResult validated = RowResults.ofValidation(request.resource(), row);
                    return validated == null
                        ? results
                            .result(row.number())
                            .orElseGet(() -> untouched(row, code, message))
                        : validated;
                  },
                  () -> nextDelete(deletes, results));
      ExitCode exit =
          ExitCode.ofRun(applied.execution().halted(), written.rows(), written.deletes());
      return result(exit, written, applied.planned().summary(), failure);
    }
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
  private ReportWriter.Written rehearse(ImportPlan plan, String code, String message)
      throws IOException {
    try (PlannedRows rows = new PlannedRows(plan, run.past())) {
      Iterator<RowResult> deleted = run.past().finishedDeletes();
      return writer(unsent())
          .write(
              row -> plannedResult(rows.next(), row, code, message),
              () -> deleted.hasNext() ? deleted.next() : plannedUnnamed(rows, code, message));
    }
  }

  /** Of the records that no row names the next one whose delete is not done and told already. */
  private @Nullable RowResult plannedUnnamed(PlannedRows rows, String code, String message)
      throws IOException {
    if (request.mode() != Mode.MIRROR) {
      return null;
    }
    PlannedRow planned = rows.nextUnnamed();
    while (planned instanceof PlannedRow.Kept) {
      planned = rows.nextUnnamed();
    }
    return plannedResult(planned, code, message);
  }

  private RowResult plannedResult(
      @Nullable PlannedRow planned, ValidatedRow row, String code, String message)
      throws IOException {
    RowResult result = plannedResult(planned, code, message);
    return result == null ? kept(row, code, message) : result;
  }

  /** What an earlier process made of the row, or else that nothing was done for it. */
  private RowResult kept(ValidatedRow row, String code, String message) throws IOException {
    return run.past().result(row.number()).orElseGet(() -> untouched(row, code, message));
  }

  private static @Nullable RowResult plannedResult(
      @Nullable PlannedRow planned, String code, String message) {
    if (planned instanceof PlannedRow.Told told) {
      return told.result();
    } else if (planned instanceof PlannedRow.Todo todo) {
      Change change = todo.change();
      return change.result(Outcome.UNPROCESSED, change.id()).because(code, null, message);
    }
    return null;
  }

  private RowResult untouched(ValidatedRow row, String code, String message) {
    RowResult validated = RowResults.ofValidation(request.resource(), row);
    if (validated != null) {
      return validated;
    }
    String id = row.record().path("id").asString("");
    return RowResult.uncalled(
            row.number(),
            row.line(),
            Outcome.UNPROCESSED,
            Action.NONE,
            id.isEmpty() ? null : id,
            RowResults.key(request.resource(), row.record()))
        .because(code, null, message);
  }

  private ReportWriter writer(Predicate<Outcome> left) {
    run.listener().reporting();
    return new ReportWriter(request.resource(), input, run.results(), request.names(), left);
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
            written.retryable());
    SummaryFile.write(run.results().summary(), summary);
    return new ImportResult(
        summary, run.results().path(), plan, failure, null, input.summary().warnings());
  }
}
