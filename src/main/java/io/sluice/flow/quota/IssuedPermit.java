package io.sluice.flow.quota;

import io.sluice.flow.Ticks;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/** The permit of one call, and what was known when it was handed out. */
final class IssuedPermit implements Permit {
  private static final AtomicIntegerFieldUpdater<IssuedPermit> SETTLED =
      AtomicIntegerFieldUpdater.newUpdater(IssuedPermit.class, "settled");

  /** When it was handed out, in {@link Ticks}: the call is sent no earlier. */
  final long sentAt;

  /** Its place among the ledger's {@link Tally#events}. */
  final long sentEvent;

  /** {@link Tally#settled} at that time. */
  final long settledBefore;

  private final long[] unreadBefore;
  private final QuotaGovernor governor;
  private final @Nullable IssuedPermit outer;
  private volatile int settled;

  /**
   * @param outer the outer governor's permit for the same call
   * @param unreadBefore {@link Tally#unread()} at that time
   */
  IssuedPermit(
      QuotaGovernor governor,
      @Nullable IssuedPermit outer,
      long sentAt,
      long sentEvent,
      long settledBefore,
      long[] unreadBefore) {
    this.governor = governor;
    this.outer = outer;
    this.sentAt = sentAt;
    this.sentEvent = sentEvent;
    this.settledBefore = settledBefore;
    this.unreadBefore = unreadBefore;
  }

  /**
   * The calls that had ended by then without telling of the policy with this index: they are surely
   * counted in this call's answer.
   */
  long unreadBefore(int policy) {
    return policy < unreadBefore.length ? unreadBefore[policy] : settledBefore;
  }

  @Override
  public void answered(List<QuotaReading> readings) {
    if (settle()) {
      if (outer != null) {
        outer.answered(List.of());
      }
      governor.answered(this, readings);
    }
  }

  @Override
  public void throttled(@Nullable Duration retryAfter, List<QuotaReading> readings) {
    if (settle()) {
      if (outer != null) {
        outer.answered(List.of());
      }
      governor.throttled(this, retryAfter, readings);
    }
  }

  @Override
  public void unanswered() {
    if (settle()) {
      if (outer != null) {
        outer.unanswered();
      }
      governor.unanswered(this);
    }
  }

  /** It was never used: as if it had not been handed out. */
  void giveBack() {
    if (settle()) {
      if (outer != null) {
        outer.giveBack();
      }
      governor.givenBack(this);
    }
  }

  private boolean settle() {
    return settled == 0 && SETTLED.compareAndSet(this, 0, 1);
  }
}
