package io.sluice.report;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Groups the rows that are invalid, failed or unknown by their cause. Remembers the first thousand
 * causes, so that memory stays bounded whatever the messages say. Thread-safe.
 */
public final class FailureCauses {
  private static final int MOST = 1000;

  private final Map<Cause, FailureCause> causes = new LinkedHashMap<>();

  private record Cause(
      Outcome outcome, @Nullable String code, @Nullable String message, boolean retryable) {}

  /** Counts the row if it went wrong. */
  public synchronized void add(RowResult result) {
    if (!result.outcome().remains() || result.outcome() == Outcome.UNPROCESSED) {
      return;
    }
    Cause cause = new Cause(result.outcome(), result.code(), result.message(), result.retryable());
    FailureCause known = causes.get(cause);
    if (known != null) {
      causes.put(cause, oneMore(known));
    } else if (causes.size() < MOST) {
      causes.put(cause, first(result));
    }
  }

  /** The causes of most rows, at most so many; among equals the first to be seen. */
  public synchronized List<FailureCause> top(int most) {
    return causes.values().stream()
        .sorted(Comparator.comparingLong(FailureCause::count).reversed())
        .limit(most)
        .toList();
  }

  private static FailureCause first(RowResult result) {
    return new FailureCause(
        result.outcome(),
        result.code(),
        result.message(),
        1,
        result.row(),
        result.line(),
        result.key(),
        result.retryable());
  }

  private static FailureCause oneMore(FailureCause known) {
    return new FailureCause(
        known.outcome(),
        known.code(),
        known.message(),
        known.count() + 1,
        known.row(),
        known.line(),
        known.key(),
        known.retryable());
  }
}
