package io.sluice.server.http;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Lets a few requests at once do what costs much, and tells the others to come again. */
public final class FewAtOnce {
  private final Semaphore free;
  private final String busy;

  /**
   * @param most how many may be at it
   * @param busy what a request is told that is one too many, such as "other files are being
   *     checked"
   */
  public FewAtOnce(int most, String busy) {
    this.free = new Semaphore(most);
    this.busy = busy;
  }

  /** Does it; errors with 503 {@code busy} if too many are at it. */
  public <T> Mono<T> run(Supplier<Mono<T>> work) {
    return Mono.usingWhen(
        Mono.fromCallable(this::begun),
        begun -> work.get(),
        begun -> Mono.fromRunnable(free::release));
  }

  private boolean begun() {
    if (!free.tryAcquire()) {
      throw Problem.of(503, "busy", busy + "; try again in a moment")
          .with("Retry-After", "5")
          .exception();
    }
    return true;
  }
}
