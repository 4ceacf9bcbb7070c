package io.sluice.cli.run;

import io.sluice.catalog.Resource;
import io.sluice.cli.Console;
import io.sluice.cli.progress.PaceRemark;
import io.sluice.cli.progress.Phase;
import io.sluice.cli.progress.ProgressView;
import io.sluice.cli.text.DiffPrinter;
import io.sluice.cli.text.DiffSummary;
import io.sluice.cli.text.Printable;
import io.sluice.flow.retry.CircuitBreaker;
import io.sluice.pipeline.compare.DiffListener;
import io.sluice.pipeline.compare.Difference;
import io.sluice.pipeline.compare.ResourceDiff;
import io.sluice.pipeline.compare.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Shows on standard error how a comparison goes on, and hands on what it finds. */
public final class DiffDisplay implements DiffListener {
  private final Console console;
  private final DiffPrinter printer;
  private final PaceRemark pace;
  private final List<String> warnings = new ArrayList<>();
  private final Map<Side, Extent> read = new HashMap<>();
  private @Nullable ProgressView view;
  private @Nullable Phase phase;
  private String task = "";

  /** How far a listing has been read. */
  private record Extent(long rows, @Nullable Long total) {}

  public DiffDisplay(Console console, DiffPrinter printer, LiveAccounts accounts) {
    this.console = console;
    this.printer = printer;
    this.pace = new PaceRemark(accounts::slowest);
  }

  @Override
  public synchronized void reading(Resource resource, Side side, long rows, @Nullable Long total) {
    read.put(side, new Extent(rows, total));
    long all = 0;
    boolean known = true;
    for (Extent extent : read.values()) {
      all += extent.total() == null ? 0 : extent.total();
      known &= extent.total() != null;
    }
    long done = read.values().stream().mapToLong(Extent::rows).sum();
    at("reading " + resource, done, known ? all : null, name -> Phase.calling(name, pace));
  }

  @Override
  public synchronized void comparing(Resource resource, long rows) {
    at("comparing " + resource, rows, null, Phase::local);
  }

  @Override
  public synchronized void difference(Difference difference) {
    aside(() -> printer.difference(difference));
  }

  @Override
  public synchronized void compared(ResourceDiff result) {
    close();
    read.clear();
    printer.compared(result);
  }

  /** All is compared. */
  public synchronized void end(DiffSummary summary) {
    close();
    printer.end(summary);
  }

  @Override
  public synchronized void warning(String text) {
    warnings.add(text);
    aside(() -> console.warn(text));
  }

  @Override
  public synchronized void note(String text) {
    aside(() -> console.note(Printable.safe(text)));
  }

  /** An API has something to say beside its answers. */
  public synchronized void apiSays(String message) {
    aside(() -> console.apiSays(message));
  }

  /** What was warned of. */
  public synchronized List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** What tells of the outages of one account. */
  public CircuitBreaker.Listener outages(String name) {
    return new CircuitBreaker.Listener() {
      @Override
      public void began(Throwable cause) {
        pace.paused(true);
        note(name + ": PAUSED, the API is out: " + cause.getMessage());
      }

      @Override
      public void ended(Duration lasted) {
        pace.paused(false);
        note(name + ": the API is back after " + Printable.span(lasted.toMillis()) + "; going on");
      }
    };
  }

  /** Ends what is being drawn. */
  public synchronized void close() {
    if (view != null) {
      view.close();
      view = null;
    }
    task = "";
  }

  private void at(String now, long rows, @Nullable Long all, Function<String, Phase> made) {
    if (phase == null || !now.equals(task)) {
      close();
      task = now;
      phase = made.apply(now);
      view = ProgressView.of(console, phase);
    }
    phase.at(rows, all);
  }

  private void aside(Runnable printing) {
    if (view == null) {
      printing.run();
    } else {
      view.aside(printing);
    }
  }
}
