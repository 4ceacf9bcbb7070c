package io.sluice.cli;

import java.time.Duration;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One phase of a command: how far it is and for how long yet. Thread-safe. */
final class Phase implements Supplier<ProgressLine> {
  private final String task;
  private final @Nullable PaceRemark hold;
  private final @Nullable Supplier<String> counts;
  private final @Nullable LongFunction<Duration> quotaTime;
  private final Pace pace = new Pace();
  private long done;
  private @Nullable Long total;

  private Phase(
      String task,
      @Nullable PaceRemark hold,
      @Nullable Supplier<String> counts,
      @Nullable LongFunction<Duration> quotaTime) {
    this.task = task;
    this.hold = hold;
    this.counts = counts;
    this.quotaTime = quotaTime;
    pace.sample(System.nanoTime(), 0, false);
  }

  /** Work on this machine alone. */
  static Phase local(String task) {
    return new Phase(task, null, null, null);
  }

  /** Work that calls the API, with a remark about what holds it up. */
  static Phase calling(String task, PaceRemark hold) {
    return new Phase(task, hold, null, null);
  }

  /**
   * Work that changes an account, with a line of its own for counts.
   *
   * @param quotaTime how long the quota alone makes that many further rows take
   */
  static Phase changing(
      String task, PaceRemark hold, Supplier<String> counts, LongFunction<Duration> quotaTime) {
    return new Phase(task, hold, counts, quotaTime);
  }

  /** So much is done, of so much if that is known. */
  synchronized void at(long nowDone, @Nullable Long nowTotal) {
    done = nowDone;
    total = nowTotal;
  }

  @Override
  public synchronized ProgressLine get() {
    boolean held = hold != null && hold.held();
    pace.sample(System.nanoTime(), done, held);
    boolean out = hold != null && hold.out();
    return new ProgressLine(
        task,
        done,
        total,
        held ? 0 : Math.round(pace.perSecond()),
        out ? null : left(),
        hold == null ? "" : hold.get(),
        counts == null ? null : counts.get());
  }

  /** As long as the pace or the quota makes it take, whichever is slower. */
  private @Nullable Duration left() {
    long rows = total == null ? 0 : total - done;
    if (rows <= 0) {
      return null;
    }
    Duration paced = pace.timeFor(rows);
    if (quotaTime == null) {
      return paced;
    }
    Duration allowed = quotaTime.apply(rows);
    return paced == null || paced.compareTo(allowed) < 0 ? allowed : paced;
  }
}
