package io.sluice.pipeline.imports.apply;

import io.sluice.flow.retry.AttemptCount;
import io.sluice.flow.retry.OutageException;
import io.sluice.format.OptionNames;
import io.sluice.pipeline.Diagnosis;
import io.sluice.pipeline.Failure;
import io.sluice.report.ExitCode;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Whether a run still sends changes. Once it halts, what was not sent stays unsent; what was sent
 * is waited for, but not for ever. Thread-safe.
 */
public final class Halt {
  private static final Duration GRACE = Duration.ofSeconds(10);

  /** So many changes in a row have to fail until that is more than bad luck. */
  private static final int FAILURES = 5;

  private final Duration patience;
  private final OptionNames names;
  private final Sinks.Empty<Object> signal = Sinks.empty();
  private final Set<ExitCode> reasons = EnumSet.noneOf(ExitCode.class);
  private @Nullable Failure failure;
  private @Nullable String forbidden;
  private volatile boolean on;
  private int failures;
  private long firstFailure;

  /**
   * @param patience how long changes may fail, all of them, while the API answers otherwise
   * @param names what advice calls options
   */
  public Halt(Duration patience, OptionNames names) {
    this.patience = patience;
    this.names = names;
  }

  /** The run halted before the call was sent, or before it was answered. */
  static final class HaltedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HaltedException() {
      super("the run was stopped", null, false, false);
    }
  }

  /** True if nothing more is to be sent. */
  boolean on() {
    return on;
  }

  /** Halts the run because of an error that concerns every further call. */
  void because(Throwable error) {
    because(Diagnosis.of(error, names));
  }

  /** Halts the run for that reason. */
  void because(Failure found) {
    synchronized (this) {
      failure = failure == null ? found : failure;
    }
    because(found.exit());
  }

  /** Halts the run. */
  public void because(ExitCode reason) {
    synchronized (this) {
      reasons.add(reason);
      on = true;
    }
    signal.tryEmitEmpty();
  }

  /** A record was answered 403: two different ones in a row mean that all will be. */
  void forbidden(String record, Throwable error) {
    boolean all;
    synchronized (this) {
      all = forbidden != null && !forbidden.equals(record);
      forbidden = record;
    }
    if (all) {
      because(error);
    }
  }

  /** A change was carried out, so changes are permitted and possible. */
  synchronized void permitted() {
    forbidden = null;
    failures = 0;
  }

  /** A change was not carried out, for a reason that may pass; but not if it never does. */
  void failed(Throwable why) {
    Duration lasted;
    boolean lost;
    synchronized (this) {
      firstFailure = failures++ == 0 ? System.nanoTime() : firstFailure;
      lasted = Duration.ofNanos(System.nanoTime() - firstFailure);
      lost = failures >= FAILURES && lasted.compareTo(patience) >= 0;
    }
    if (lost && !on) {
      because(
          new OutageException(
              "The API answers, but has not carried out any change for "
                  + lasted.toSeconds()
                  + " s. Run again later. Last failure: "
                  + why.getMessage(),
              Instant.now().minus(lasted),
              lasted,
              why));
    }
  }

  /** Waits; not any longer once the run has halted. */
  Mono<Void> pause(Duration time) {
    return Mono.firstWithSignal(signal.asMono().then(), Mono.delay(time).then());
  }

  /** Every reason to halt. */
  public synchronized Set<ExitCode> reasons() {
    return Set.copyOf(reasons);
  }

  /** The first error that halted the run, if it was one. */
  public synchronized Optional<Failure> failure() {
    return Optional.ofNullable(failure);
  }

  /**
   * What the call brings; {@link HaltedException} when the run halts: at once if the call was not
   * sent, else after a time in which it may end.
   */
  <T> Mono<T> orHalt(Mono<T> call, AttemptCount attempts) {
    Mono<T> halted =
        signal
            .asMono()
            .then(
                Mono.defer(
                    () -> {
                      Mono<T> end = Mono.error(new HaltedException());
                      return attempts.bar() ? end : Mono.delay(GRACE).then(end);
                    }));
    return Mono.firstWithSignal(
        halted,
        call.onErrorMap(AttemptCount.NotSentException.class, barred -> new HaltedException()));
  }

  /** What the call brings; {@link HaltedException} when it takes long after the run has halted. */
  <T> Mono<T> soonAfterHalt(Mono<T> call) {
    Mono<T> halted =
        signal.asMono().then(Mono.delay(GRACE)).then(Mono.error(new HaltedException()));
    return Mono.firstWithSignal(halted, call);
  }
}
