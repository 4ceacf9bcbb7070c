package io.sluice.flow.quota;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Leave to make one call. Whoever holds it says once what became of the call; the first report
 * counts, later ones are ignored. Until then the call counts as in flight.
 */
public interface Permit {
  /** An answer other than a 429 came, and it told of these policies (none: an empty list). */
  void answered(List<QuotaReading> readings);

  /**
   * A 429 came.
   *
   * @param retryAfter how long the answer asked to wait; null if it did not say
   */
  void throttled(@Nullable Duration retryAfter, List<QuotaReading> readings);

  /** No answer came. The server may have counted the call all the same. */
  void unanswered();
}
