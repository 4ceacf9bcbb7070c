package io.sluice.cli;

import io.sluice.catalog.Resource;
import io.sluice.flow.Outage;
import io.sluice.flow.QuotaStatus;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.ExportProgress;
import io.sluice.snapshot.ResourceEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Shows an export on standard error: a bar on a terminal, a line now and then elsewhere. */
final class ExportDisplay implements ExportProgress, Outage.Listener, AutoCloseable {
  private final Console console;
  private final Supplier<@Nullable AccountSession> session;
  private @Nullable ProgressView view;
  private volatile @Nullable Instant out;

  ExportDisplay(Console console, Supplier<@Nullable AccountSession> session) {
    this.console = console;
    this.session = session;
  }

  @Override
  public synchronized void reading(Resource resource) {
    view = ProgressView.of(console, resource.slug(), this::remark);
  }

  @Override
  public synchronized void rows(Resource resource, long rows, @Nullable Long total) {
    if (view != null) {
      view.show(rows, total);
    }
  }

  @Override
  public synchronized void again(Resource resource, String why) {
    line(resource.slug() + " changed while it was read (" + why + "); reading it again");
    if (view != null) {
      view.show(0, null);
    }
  }

  @Override
  public synchronized void done(Resource resource, ResourceEntry entry, @Nullable String moved) {
    close();
    if (moved != null) {
      console.warn(
          resource.slug() + " kept changing while it was read three times (" + moved + ")");
    }
  }

  @Override
  public synchronized void began(Throwable cause) {
    out = Instant.now();
    line("paused, the API is out: " + cause.getMessage());
  }

  @Override
  public synchronized void ended(Duration lasted) {
    out = null;
    line("the API is back after " + Shown.span(lasted.toMillis()) + "; going on");
  }

  @Override
  public synchronized void close() {
    if (view != null) {
      view.close();
      view = null;
    }
  }

  private void line(String text) {
    if (view != null) {
      view.interrupt();
    }
    console.note(Shown.safe(text));
  }

  private String remark() {
    Instant since = out;
    if (since != null) {
      long millis = Duration.between(since, Instant.now()).toMillis();
      return "paused, the API has been out for " + Shown.span(millis);
    }
    AccountSession open = session.get();
    if (open == null) {
      return "";
    }
    QuotaStatus status = open.quota();
    if (status.delay().toMillis() >= 1000) {
      return "waiting for quota, " + Shown.span(status.delay().toMillis());
    }
    Long left = status.remaining();
    Long all = status.quota();
    return left == null || all == null
        ? ""
        : "quota " + Shown.count(left) + " of " + Shown.count(all);
  }
}
