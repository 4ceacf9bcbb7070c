package io.sluice.cli.progress;

import io.sluice.catalog.Resource;
import io.sluice.cli.Console;
import io.sluice.cli.text.Printable;
import io.sluice.flow.retry.CircuitBreaker;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.exports.ExportProgress;
import io.sluice.snapshot.ResourceEntry;
import io.sluice.snapshot.Unavailable;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Shows an export on standard error: a bar on a terminal, a line now and then elsewhere. */
public final class ExportDisplay implements ExportProgress, CircuitBreaker.Listener, AutoCloseable {
  private final Console console;
  private final PaceRemark pace;
  private @Nullable ProgressView view;
  private @Nullable Phase phase;

  public ExportDisplay(Console console, Supplier<@Nullable AccountSession> session) {
    this.console = console;
    this.pace = new PaceRemark(session);
  }

  @Override
  public synchronized void reading(Resource resource) {
    Phase now = Phase.calling(resource.slug(), pace);
    phase = now;
    view = ProgressView.of(console, now);
  }

  @Override
  public synchronized void rows(Resource resource, long rows, @Nullable Long total) {
    if (phase != null) {
      phase.at(rows, total);
    }
  }

  @Override
  public synchronized void again(Resource resource, String why) {
    line(resource.slug() + " changed while it was read (" + why + "); reading it again");
    if (phase != null) {
      phase.at(0, null);
    }
  }

  @Override
  public synchronized void done(Resource resource, ResourceEntry entry, @Nullable String moved) {
    if (view != null) {
      view.keep();
    }
    if (moved != null) {
      console.warn(
          resource.slug() + " kept changing while it was read three times (" + moved + ")");
    }
  }

  @Override
  public synchronized void unavailable(Resource resource, Unavailable why) {
    close();
    console.warn(
        Printable.safe(
            "the account does not offer "
                + resource.slug()
                + " ("
                + why.reason()
                + "): not in its package, or not open to the token's role; left out"));
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
  public synchronized void apiSays(String message) {
    aside(() -> console.apiSays(message));
  }

  @Override
  public synchronized void close() {
    if (view != null) {
      view.close();
      view = null;
    }
  }

  private void line(String text) {
    aside(() -> console.note(Printable.safe(text)));
  }

  private void aside(Runnable print) {
    if (view == null) {
      print.run();
    } else {
      view.aside(print);
    }
  }
}
