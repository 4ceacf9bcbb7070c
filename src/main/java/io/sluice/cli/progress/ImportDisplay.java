package io.sluice.cli.progress;

import io.sluice.cli.Console;
import io.sluice.cli.text.CauseText;
import io.sluice.cli.text.FaultList;
import io.sluice.cli.text.PlanText;
import io.sluice.cli.text.PlannedChanges;
import io.sluice.cli.text.Printable;
import io.sluice.cli.text.RewrittenList;
import io.sluice.flow.retry.CircuitBreaker;
import io.sluice.format.InputFault;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.imports.ImportListener;
import io.sluice.pipeline.imports.ImportRequest;
import io.sluice.pipeline.imports.PlanSummary;
import io.sluice.pipeline.imports.input.Rewritten;
import io.sluice.plan.Step;
import io.sluice.report.Outcome;
import io.sluice.report.RowResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Shows on standard error how an import goes on, one phase at a time. */
public final class ImportDisplay implements ImportListener, CircuitBreaker.Listener {
  private static final String APPLYING = "applying";

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
  private String task = "";
  private @Nullable PlanSummary plan;
  private long done;

  /** The display of an import by itself. */
  public ImportDisplay(
      Console console,
      ImportRequest request,
      PlannedChanges changes,
      Path results,
      Supplier<@Nullable AccountSession> session) {
    this(
        console,
        new Stage(console),
        "",
        request,
        changes,
        () -> console.note("results: " + Printable.safe(results.toString())),
        session);
  }

  /**
   * The display of one import of several that take turns.
   *
   * @param stage where all of them draw
   * @param name what stands before each phase
   * @param beginning run when the first change is about to be made
   */
  ImportDisplay(
      Console console,
      Stage stage,
      String name,
      ImportRequest request,
      PlannedChanges changes,
      Runnable beginning,
      Supplier<@Nullable AccountSession> session) {
    this.stage = stage;
    this.name = name;
    this.beginning = beginning;
    this.console = console;
    this.request = request;
    this.changes = changes;
    this.pace = new PaceRemark(session);
  }

  @Override
  public synchronized void checking(long rows) {
    at("checking", rows, null, Phase::local);
  }

  @Override
  public void fault(long row, InputFault fault) {
    faults.add(row, fault);
  }

  @Override
  public void rewritten(Rewritten row) {
    rewritings.add(row);
  }

  @Override
  public synchronized void reading(long records, @Nullable Long all) {
    at("reading the account", records, all, name -> Phase.calling(name, pace));
  }

  @Override
  public synchronized void planning(long rows) {
    at("planning", rows, null, Phase::local);
  }

  @Override
  public synchronized void planned(long row, long line, String key, Step planned) {
    aside(() -> changes.add(line, key, planned));
  }

  @Override
  public synchronized void plan(PlanSummary made) {
    close();
    plan = made;
    if (!request.dryRun()) {
      rewritings.lines("; the report has all of them").forEach(console::note);
      PlanText.of(made).forEach(console::note);
    }
  }

  @Override
  public synchronized void saving() {
    at("saving what is there", 0, null, name -> Phase.calling(name, pace));
  }

  @Override
  public synchronized void saved(Path snapshot) {
    line("saved what is there in " + snapshot);
  }

  @Override
  public synchronized void applying() {
    if (!task.equals(APPLYING) && plan != null && plan.total() > 0) {
      close();
      beginning.run();
    }
    at(APPLYING, done, plan == null ? 0 : plan.total(), this::applying);
  }

  private Phase applying(String name) {
    PlanSummary made = plan;
    return Phase.changing(name, pace, counts, rows -> made == null ? 0 : made.requestsFor(rows));
  }

  @Override
  public synchronized void row(RowResult result) {
    boolean news = counts.add(result);
    if (news) {
      line(CauseText.ofRow(result));
    }
    if (result.attempts() > 0 || result.outcome() == Outcome.UNPROCESSED) {
      done++;
    }
    applying();
  }

  @Override
  public synchronized void reporting() {
    at("writing the results", 0, null, Phase::local);
  }

  @Override
  public synchronized void warning(String text) {
    aside(() -> console.warn(text));
  }

  @Override
  public synchronized void note(String text) {
    line(text);
  }

  /** The process was asked to end. */
  public synchronized void stopping() {
    if (!task.equals(APPLYING)) {
      return;
    }
    line("stopping: what was sent is waited for, and the results are written");
  }

  @Override
  public synchronized void began(Throwable cause) {
    pace.paused(true);
    line("PAUSED, the API is out: " + cause.getMessage());
  }

  @Override
  public synchronized void ended(Duration lasted) {
    pace.paused(false);
    line("the API is back after " + Printable.span(lasted.toMillis()) + "; going on");
  }

  /** The API has something to say beside its answers. */
  public void apiSays(String message) {
    aside(() -> console.apiSays(message));
  }

  /** Ends what is being drawn. */
  public synchronized void close() {
    if (stage.shows(view)) {
      stage.clear();
    }
    view = null;
    task = "";
  }

  /** True if nothing is going to be changed. */
  boolean rehearses() {
    return request.dryRun();
  }

  /** True while something is being drawn. */
  synchronized boolean atWork() {
    return stage.shows(view);
  }

  /** What is wrong with the input. */
  public FaultList faults() {
    return faults;
  }

  /** How the input's patterns were rewritten. */
  public RewrittenList rewritings() {
    return rewritings;
  }

  private void at(
      String now, long rows, @Nullable Long all, java.util.function.Function<String, Phase> made) {
    if (phase == null || !now.equals(task)) {
      close();
      task = now;
      phase = made.apply(name + now);
    }
    if (!stage.shows(view)) {
      view = stage.show(phase);
    }
    phase.at(rows, all);
  }

  private void line(String text) {
    aside(() -> console.note(Printable.safe(text)));
  }

  private void aside(Runnable printing) {
    stage.aside(printing);
  }
}
