package io.sluice.cli.run;

import io.sluice.catalog.Resource;
import io.sluice.cli.Console;
import io.sluice.cli.progress.PaceRemark;
import io.sluice.cli.progress.Phase;
import io.sluice.cli.progress.ProgressView;
import io.sluice.cli.text.Printable;
import io.sluice.flow.retry.CircuitBreaker;
import io.sluice.pipeline.insight.SourceListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows on standard error how the reading of records goes on. */
public final class SourceDisplay implements SourceListener, AutoCloseable {
  private final Console console;
  private final PaceRemark pace;
  private final List<String> warnings = new ArrayList<>();
  private @Nullable ProgressView view;
  private @Nullable Phase phase;
  private @Nullable Resource current;

  public SourceDisplay(Console console, LiveAccounts accounts) {
    this.console = console;
    this.pace = new PaceRemark(accounts::slowest);
  }

  @Override
  public synchronized void reading(Resource resource, long rows, @Nullable Long total) {
    if (phase == null || !resource.equals(current)) {
      close();
      current = resource;
      phase = Phase.calling("reading " + resource, pace);
      view = ProgressView.of(console, phase);
    }
    phase.at(rows, total);
  }

  /** All records are read; they are looked at together now. */
  public synchronized void comparing(long records) {
    close();
    phase = Phase.local("comparing");
    view = ProgressView.of(console, phase);
    phase.at(records, records);
  }

  @Override
  public synchronized void note(String text) {
    aside(() -> console.note(Printable.safe(text)));
  }

  @Override
  public synchronized void warning(String text) {
    warnings.add(text);
    aside(() -> console.warn(text));
  }

  /** An API has something to say beside its answers. */
  public synchronized void apiSays(String message) {
    aside(() -> console.apiSays(message));
  }

  /** What was warned of. */
  public synchronized List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** What reports the outages of one account. */
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
  @Override
  public synchronized void close() {
    if (view != null) {
      view.close();
      view = null;
      phase = null;
    }
  }

  private void aside(Runnable printing) {
    if (view == null) {
      printing.run();
    } else {
      view.aside(printing);
    }
  }
}
