package io.sluice.cli.progress;

import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.TimeLeft;
import java.time.Duration;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One phase of a command: how far it is and for how long yet. Thread-safe. */
public final class Phase implements Supplier<ProgressLine> {
  private final String task;
  private final @Nullable PaceRemark hold;
  private final @Nullable Supplier<String> counts;
  private final TimeLeft left;
  private long done;
  private @Nullable Long total;

  private Phase(
      String task,
      @Nullable PaceRemark hold,
      @Nullable Supplier<String> counts,
      @Nullable LongUnaryOperator planned) {
    this.task = task;
    this.hold = hold;
    this.counts = counts;
    this.left = new TimeLeft(planned);
    sample(false);
  }

  /** Work on this machine alone. */
  public static Phase local(String task) {
    return new Phase(task, null, null, null);
  }

  /** Work that calls the API, with a remark about what holds it up. */
  public static Phase calling(String task, PaceRemark hold) {
    return new Phase(task, hold, null, null);
  }

  /**
   * Work that changes an account, with a line of its own for counts.
   *
   * @param planned how many requests that many rows take
   */
  static Phase changing(
      String task, PaceRemark hold, Supplier<String> counts, LongUnaryOperator planned) {
    return new Phase(task, hold, counts, planned);
  }

  /** So much is done, of so much if that is known. */
  public synchronized void at(long nowDone, @Nullable Long nowTotal) {
    done = nowDone;
    total = nowTotal;
  }

  @Override
  public synchronized ProgressLine get() {
    boolean held = hold != null && hold.held();
    sample(held);
    boolean out = hold != null && hold.out();
    return new ProgressLine(
        task,
        done,
        total,
        held ? 0 : Math.round(left.perSecond()),
        out ? null : left(),
        hold == null ? "" : hold.get(),
        counts == null ? null : counts.get());
  }

  private void sample(boolean held) {
    AccountSession open = session();
    left.sample(System.nanoTime(), done, held, open == null ? 0 : open.requests());
  }

  private @Nullable AccountSession session() {
    return hold == null ? null : hold.session();
  }

  private @Nullable Duration left() {
    AccountSession open = session();
    return left.of(
        total == null ? 0 : total - done,
        requests -> open == null ? Duration.ZERO : open.forecast(requests));
  }
}
