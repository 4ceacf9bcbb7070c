package io.sluice.cli;

import io.sluice.flow.Outage;
import io.sluice.format.InputFault;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.imports.ImportListener;
import io.sluice.pipeline.imports.ImportRequest;
import io.sluice.pipeline.imports.PlanSummary;
import io.sluice.plan.Step;
import io.sluice.report.Counts;
import io.sluice.report.Outcome;
import io.sluice.report.RowResult;
import io.sluice.report.Tally;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Shows an import on standard error: a bar for each step on a terminal, lines elsewhere. */
final class ImportDisplay implements ImportListener, Outage.Listener {
  private static final int FAULTS_SHOWN = 20;

  private final Console console;
  private final ImportRequest request;
  private final PaceRemark pace;
  private final PlannedChanges changes;
  private final Tally tally = new Tally();
  private @Nullable ProgressView view;
  private String step = "";
  private long faults;
  private long done;
  private long total;

  ImportDisplay(
      Console console, ImportRequest request, Supplier<@Nullable AccountSession> session) {
    this.console = console;
    this.request = request;
    this.pace = new PaceRemark(session);
    this.changes = new PlannedChanges(console, request.dryRun());
  }

  @Override
  public synchronized void checking(long rows) {
    show("checking", rows, null, () -> "");
  }

  @Override
  public synchronized void fault(long row, InputFault fault) {
    if (++faults <= FAULTS_SHOWN) {
      line(FaultPrinter.text(fault));
    } else if (faults == FAULTS_SHOWN + 1) {
      line("…and more, all of which are in report.csv");
    }
  }

  @Override
  public synchronized void reading(long records, @Nullable Long all) {
    show("reading the account", records, all, pace);
  }

  @Override
  public synchronized void planning(long rows) {
    show("planning", rows, null, () -> "");
  }

  @Override
  public synchronized void planned(long row, long line, String key, Step planned) {
    if (request.dryRun() && view != null) {
      view.interrupt();
    }
    changes.add(line, key, planned);
  }

  @Override
  public synchronized void plan(PlanSummary plan) {
    close();
    total = plan.total();
    console.note(PlanText.of(plan, request));
  }

  @Override
  public synchronized void saved(Path snapshot) {
    line("saved what is there in " + snapshot);
  }

  @Override
  public synchronized void row(RowResult result) {
    tally.add(result);
    if (result.attempts() > 0 || result.outcome() == Outcome.UNPROCESSED) {
      done++;
    }
    show(request.mode().label(), done, total, () -> counts() + pace.get());
  }

  @Override
  public synchronized void reporting() {
    close();
  }

  @Override
  public void warning(String text) {
    console.warn(text);
  }

  @Override
  public synchronized void note(String text) {
    line(text);
  }

  @Override
  public synchronized void began(Throwable cause) {
    pace.paused(true);
    line("paused, the API is out: " + cause.getMessage());
  }

  @Override
  public synchronized void ended(Duration lasted) {
    pace.paused(false);
    line("the API is back after " + Shown.span(lasted.toMillis()) + "; going on");
  }

  /** Ends what is being drawn. */
  synchronized void close() {
    if (view != null) {
      view.close();
      view = null;
    }
    step = "";
  }

  /** The changes of a dry run. */
  PlannedChanges changes() {
    return changes;
  }

  private void show(String now, long rows, @Nullable Long all, Supplier<String> remark) {
    if (!now.equals(step)) {
      close();
      step = now;
      view = ProgressView.of(console, now, remark);
    }
    if (view != null) {
      view.show(rows, all);
    }
  }

  private String counts() {
    Counts counts = tally.rows();
    return Stream.of(
            Outcome.CREATED,
            Outcome.UPDATED,
            Outcome.DELETED,
            Outcome.FAILED,
            Outcome.UNKNOWN,
            Outcome.UNPROCESSED)
        .filter(outcome -> counts.of(outcome) > 0)
        .map(outcome -> String.format(Locale.ROOT, "%,d %s  ", counts.of(outcome), outcome.label()))
        .collect(Collectors.joining());
  }

  private void line(String text) {
    if (view != null) {
      view.interrupt();
    }
    console.note(Shown.safe(text));
  }
}
