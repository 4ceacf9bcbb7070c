package io.sluice.pipeline;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Ends a run from outside, as Ctrl-C does. Thread-safe. */
public final class StopSignal {
  private final Sinks.Empty<Object> sink = Sinks.empty();
  private volatile boolean stopped;

  /** Says that the run shall end. More than once has no effect. */
  public void stop() {
    stopped = true;
    sink.tryEmitError(new StoppedException());
  }

  /**
   * For long work on one thread: does nothing until the run shall end.
   *
   * @throws StoppedException from then on
   */
  public void check() {
    if (stopped) {
      throw new StoppedException();
    }
  }

  /** True once the run shall end. */
  public boolean isStopped() {
    return stopped;
  }

  /** Completes when the run shall end. */
  public Mono<Void> whenStopped() {
    return sink.asMono().then().onErrorResume(StoppedException.class, stopped -> Mono.empty());
  }

  /** What the source brings, or {@link StoppedException} as soon as the run shall end. */
  public <T> Mono<T> orStop(Mono<T> source) {
    Mono<T> stopped = sink.asMono().then(Mono.never());
    return Mono.firstWithSignal(stopped, source);
  }

  /** The run was ended from outside. */
  public static final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoppedException() {
      super("interrupted", null, false, false);
    }
  }
}
