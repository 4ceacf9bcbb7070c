package io.sluice.flow;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Makes a call a second time when its answer is late, and takes the answer that comes first; the
 * other call is cancelled. For calls that only read. Late is what takes several times as long as
 * the calls before it. Four calls may be made twice, and four more of every hundred, so that a
 * server that slows down is not asked much more for it. Both count as under way. Thread-safe.
 *
 * <p>Sources: J. Dean and L. A. Barroso, "The Tail at Scale", 2013, on hedged requests; RFC 6298,
 * section 2, on how long to wait for an answer.
 */
final class HedgedCalls {
  /** So many calls have to have ended before it is known what late is. */
  private static final int FIRST_CALLS = 8;

  /** Nothing is gained by a second call for what is less late than this. */
  private static final long LEAST_NANOS = 100_000_000;

  private static final double SHARE = 0.04;
  private static final double MOST_SAVED = 4;

  private final AdaptiveLimit limit;
  private final BooleanSupplier spare;
  private int ended;
  private double smoothed;
  private double deviation;
  private double saved = MOST_SAVED;

  /**
   * @param most how many calls may be under way at a time; how many of them are follows from how
   *     long they take
   * @param spare whether there are calls to spare for a second try at this moment
   */
  HedgedCalls(int most, BooleanSupplier spare) {
    this.limit = AdaptiveLimit.upTo(most, this::took);
    this.spare = spare;
  }

  /**
   * Makes the call once the bound allows, and again if it is late. Lazy; cancelling it cancels both
   * calls. If both fail, the later error counts.
   */
  <T> Mono<T> call(Mono<T> call) {
    return Mono.create(sink -> new Race<>(call, sink).begin());
  }

  /** How long to wait before asking again; null while that is not known. */
  private synchronized @Nullable Duration patience() {
    saved = Math.min(MOST_SAVED, saved + SHARE);
    if (ended < FIRST_CALLS) {
      return null;
    }
    double late = Math.max(2 * smoothed, smoothed + 4 * deviation);
    return Duration.ofNanos(Math.max(LEAST_NANOS, (long) late));
  }

  private synchronized void took(long nanos) {
    if (ended++ == 0) {
      smoothed = nanos;
      deviation = nanos / 2.0;
    } else {
      deviation += (Math.abs(nanos - smoothed) - deviation) / 4;
      smoothed += (nanos - smoothed) / 8;
    }
  }

  private boolean mayAskAgain() {
    if (!spare.getAsBoolean()) {
      return false;
    }
    synchronized (this) {
      if (saved < 1) {
        return false;
      }
      saved--;
      return true;
    }
  }

  /** A call, and the same call once more if it is late. */
  private final class Race<T> {
    private final Mono<T> call;
    private final MonoSink<T> sink;
    private final Disposable.Composite running = Disposables.composite();
    private final AtomicBoolean decided = new AtomicBoolean();
    private volatile boolean answered;
    private int underWay = 1;

    Race(Mono<T> call, MonoSink<T> sink) {
      this.call = call;
      this.sink = sink;
    }

    void begin() {
      sink.onDispose(running);
      run(limit.call(Mono.defer(this::watched)));
    }

    private void run(Mono<T> one) {
      running.add(one.subscribe(this::answered, this::failed, () -> answered(null)));
    }

    private Mono<T> watched() {
      Duration patience = patience();
      if (patience != null) {
        running.add(Mono.delay(patience).subscribe(late -> askAgain()));
      }
      return call.doOnSuccess(value -> answered = true);
    }

    private void askAgain() {
      synchronized (this) {
        if (underWay == 0 || running.isDisposed() || !mayAskAgain()) {
          return;
        }
        underWay++;
      }
      run(limit.callFirst(Mono.defer(this::again)));
    }

    /** The place may be that of the first call, which is left before its answer is handed on. */
    private Mono<T> again() {
      return answered ? Mono.never() : call;
    }

    private void answered(@Nullable T value) {
      if (decided.compareAndSet(false, true)) {
        sink.success(value);
      }
    }

    private void failed(Throwable error) {
      synchronized (this) {
        underWay--;
        if (underWay > 0) {
          return;
        }
      }
      if (decided.compareAndSet(false, true)) {
        sink.error(error);
      }
    }
  }
}
