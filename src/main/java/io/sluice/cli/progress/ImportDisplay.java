package io.sluice.cli.progress;

import io.sluice.cli.Console;
import io.sluice.cli.text.CauseText;
import io.sluice.cli.text.FaultList;
import io.sluice.cli.text.PlanText;
import io.sluice.cli.text.PlannedChanges;
import io.sluice.cli.text.Printable;
import io.sluice.cli.text.RewrittenList;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.imports.ImportRequest;
import io.sluice.pipeline.imports.PlanSummary;
import io.sluice.pipeline.insight.lint.PlanFindings;
import io.sluice.pipeline.insight.lint.Severity;
import io.sluice.report.Outcome;
import io.sluice.report.RowResult;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Shows on standard error how an import goes on, one phase at a time. */
public final class ImportDisplay implements Consumer<RunEvent> {
  private final Console console;
  private final ImportRequest request;
  private final PlannedChanges changes;
  private final PaceRemark pace;
  private final Stage stage;
  private final String name;
  private final Runnable beginning;
  private final FaultList faults = new FaultList();
  private final RewrittenList rewritings = new RewrittenList();
  private final OutcomeCounts counts = new OutcomeCounts();
  private @Nullable ProgressView view;
  private @Nullable Phase phase;
  private RunEvent.@Nullable Phase task;
  private @Nullable PlanSummary plan;
  private RunEvent.@Nullable PlanSaved saved;
  private long done;

  /** The display of an import by itself. */
  public ImportDisplay(
      Console console, ImportRequest request, PlannedChanges changes, Path results) {
    this(
        console,
        new Stage(console),
        "",
        request,
        changes,
        () -> console.note("results: " + Printable.safe(results.toString())),
        new PaceRemark());
  }

  /**
   * The display of one import of several that take turns.
   *
   * @param stage where all of them draw
   * @param name what stands before each phase
   * @param beginning run when the first change is about to be made
   * @param pace what all of them are held up by
   */
  ImportDisplay(
      Console console,
      Stage stage,
      String name,
      ImportRequest request,
      PlannedChanges changes,
      Runnable beginning,
      PaceRemark pace) {
    this.stage = stage;
    this.name = name;
    this.beginning = beginning;
    this.console = console;
    this.request = request;
    this.changes = changes;
    this.pace = pace;
  }

  @Override
  public synchronized void accept(RunEvent event) {
    pace.note(event);
    if (event instanceof RunEvent.Progress now) {
      progress(now);
    } else if (event instanceof RunEvent.RowFinished row) {
      finished(row.result());
    } else if (event instanceof RunEvent.ChangePlanned change) {
      aside(() -> changes.add(change.line(), change.key(), change.step()));
    } else if (event instanceof RunEvent.PlanMade made) {
      planned(made.plan());
    } else if (event instanceof RunEvent.PlanLinted linted) {
      linted(linted.found());
    } else if (event instanceof RunEvent.FaultFound found) {
      faults.add(found.row(), found.fault());
    } else if (event instanceof RunEvent.PatternRewritten rewritten) {
      rewritings.add(rewritten.row());
    } else if (event instanceof RunEvent.KindUnavailable lacking) {
      line(
          "the account does not offer "
              + lacking.resource()
              + " ("
              + lacking.why().reason()
              + "): left alone");
    } else if (event instanceof RunEvent.Warning warning) {
      aside(() -> console.warn(warning.text()));
    } else if (event instanceof RunEvent.ApiMessage said) {
      aside(() -> console.apiSays(said.text()));
    } else if (event instanceof RunEvent.PlanSaved kept) {
      saved = kept;
    } else {
      EventText.of(event).ifPresent(text -> aside(() -> console.note(text)));
    }
  }

  private void progress(RunEvent.Progress now) {
    switch (now.phase()) {
      case APPLYING -> begin();
      case READING, SAVING ->
          at(now.phase(), now.done(), now.total(), name -> Phase.calling(name, pace));
      default -> at(now.phase(), now.done(), now.total(), Phase::local);
    }
  }

  private void planned(PlanSummary made) {
    close();
    plan = made;
    if (!request.dryRun()) {
      rewritings.lines("; the report has all of them").forEach(console::note);
      PlanText.of(made).forEach(console::note);
    }
  }

  /** A rehearsal shows it with its plan. */
  private void linted(PlanFindings found) {
    boolean bad = found.of(Severity.ERROR) + found.of(Severity.WARNING) > 0;
    if (bad && !request.dryRun()) {
      aside(() -> PlanText.lint(found, false).forEach(line -> console.note(name + line)));
    }
  }

  private void begin() {
    if (task != RunEvent.Phase.APPLYING && plan != null && plan.total() > 0) {
      close();
      beginning.run();
    }
    applying();
  }

  private void applying() {
    long total = plan == null ? 0 : plan.total();
    at(RunEvent.Phase.APPLYING, done, total, this::applying);
  }

  private Phase applying(String name) {
    PlanSummary made = plan;
    return Phase.changing(name, pace, counts, rows -> made == null ? 0 : made.requestsFor(rows));
  }

  private void finished(RowResult result) {
    boolean news = counts.add(result);
    if (news) {
      line(CauseText.ofRow(result));
    }
    if (result.attempts() > 0 || result.outcome() == Outcome.UNPROCESSED) {
      done++;
    }
    begin();
  }

  /** The process was asked to end. */
  public synchronized void stopping() {
    if (task == RunEvent.Phase.APPLYING) {
      line("stopping: waiting for requests under way, then writing the results");
    }
  }

  /** Ends what is being drawn. */
  public synchronized void close() {
    if (stage.shows(view)) {
      stage.clear();
    }
    view = null;
    task = null;
  }

  /** True if nothing is going to be changed. */
  boolean rehearses() {
    return request.dryRun();
  }

  /** True while something is being drawn. */
  synchronized boolean atWork() {
    return stage.shows(view);
  }

  /** Where the plan was saved; null if it was not. */
  public synchronized RunEvent.@Nullable PlanSaved saved() {
    return saved;
  }

  /** The fault of the input. */
  public FaultList faults() {
    return faults;
  }

  /** How the input's patterns were rewritten. */
  public RewrittenList rewritings() {
    return rewritings;
  }

  private void at(RunEvent.Phase now, long rows, @Nullable Long all, Function<String, Phase> made) {
    Phase shown = phase;
    if (shown == null || now != task) {
      close();
      task = now;
      shown = made.apply(name + now.label());
      phase = shown;
    }
    if (!stage.shows(view)) {
      view = stage.show(shown);
    }
    shown.at(rows, all);
  }

  private void line(String text) {
    aside(() -> console.note(Printable.safe(text)));
  }

  private void aside(Runnable printing) {
    stage.aside(printing);
  }
}
