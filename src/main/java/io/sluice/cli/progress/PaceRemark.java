package io.sluice.cli.progress;

import io.sluice.cli.text.Printable;
import io.sluice.flow.quota.QuotaStatus;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.RunEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Says beside the progress what holds it up: an outage, or the quota. Thread-safe. */
public final class PaceRemark implements Supplier<String> {
  private static final Duration WORTH_TELLING = Duration.ofSeconds(1);

  private final List<AccountSession> sessions = new CopyOnWriteArrayList<>();
  private volatile @Nullable Instant out;

  /** Takes note of the sessions whose quota counts, and of outages. */
  public void note(RunEvent event) {
    if (event instanceof RunEvent.SessionOpened opened) {
      sessions.add(opened.session());
    } else if (event instanceof RunEvent.OutageBegan) {
      out = Instant.now();
    } else if (event instanceof RunEvent.OutageEnded) {
      out = null;
    }
  }

  /** The session that waits longest for its quota; null before there is one. */
  @Nullable AccountSession session() {
    return sessions.stream()
        .max(Comparator.comparing((AccountSession session) -> session.quota().delay()))
        .orElse(null);
  }

  /** True while the API is out. */
  boolean out() {
    return out != null;
  }

  /** True while nothing can be sent. */
  boolean held() {
    AccountSession open = session();
    return out() || (open != null && waits(open.quota()));
  }

  @Override
  public String get() {
    Instant since = out;
    if (since != null) {
      long millis = Duration.between(since, Instant.now()).toMillis();
      return "PAUSED: the API has been out for " + Printable.span(millis);
    }
    AccountSession open = session();
    return open == null ? "" : text(open.quota());
  }

  private static String text(QuotaStatus status) {
    if (waits(status)) {
      return "waiting for quota, " + Printable.span(status.delay().toMillis());
    }
    Long left = status.remaining();
    Long all = status.quota();
    return left == null || all == null
        ? ""
        : "quota " + Printable.count(left) + " of " + Printable.count(all);
  }

  private static boolean waits(QuotaStatus status) {
    return status.delay().compareTo(WORTH_TELLING) >= 0;
  }
}
