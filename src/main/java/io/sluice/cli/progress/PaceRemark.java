package io.sluice.cli.progress;

import io.sluice.cli.text.Printable;
import io.sluice.flow.quota.QuotaStatus;
import io.sluice.pipeline.AccountSession;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Says beside the progress what holds it up: an outage, or the quota. Thread-safe. */
public final class PaceRemark implements Supplier<String> {
  private static final Duration WORTH_TELLING = Duration.ofSeconds(1);

  private final Supplier<@Nullable AccountSession> session;
  private volatile @Nullable Instant out;

  public PaceRemark(Supplier<@Nullable AccountSession> session) {
    this.session = session;
  }

  /** The API is out, or it is back. */
  public void paused(boolean yes) {
    out = yes ? Instant.now() : null;
  }

  /** The session whose quota counts; null before there is one. */
  @Nullable AccountSession session() {
    return session.get();
  }

  /** True while the API is out. */
  boolean out() {
    return out != null;
  }

  /** True while nothing can be sent. */
  boolean held() {
    AccountSession open = session.get();
    return out() || (open != null && waits(open.quota()));
  }

  @Override
  public String get() {
    Instant since = out;
    if (since != null) {
      long millis = Duration.between(since, Instant.now()).toMillis();
      return "PAUSED: the API has been out for " + Printable.span(millis);
    }
    AccountSession open = session.get();
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
