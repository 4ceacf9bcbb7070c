package io.sluice.cli.run;

import io.sluice.pipeline.StopSignal;
import io.sluice.report.ExitCode;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Runs a pipeline on the calling thread so that Ctrl-C and SIGTERM end it in good order: what is
 * half-done is cleaned up, then the process ends with 130. An error that kills a worker thread,
 * such as a lack of memory, ends it too, where the pipeline would wait for ever.
 */
public final class Interrupts {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  /** One for the process, as its end is. */
  private static final CountDownLatch SAID = new CountDownLatch(1);

  private Interrupts() {}

  /** The command has printed all that it prints: the process may end at any moment. */
  public static void allIsSaid() {
    SAID.countDown();
  }

  /** Waits for the pipeline; {@code stop} is told when the process is asked to end. */
  public static <T> @Nullable T await(Mono<T> pipeline, StopSignal stop) {
    CountDownLatch done = new CountDownLatch(1);
    Thread hook =
        new Thread(
            () -> {
              stop.stop();
              awaitQuietly(done);
              Runtime.getRuntime().halt(ExitCode.INTERRUPTED.number());
            },
            "sluice-interrupt");
    Runtime.getRuntime().addShutdownHook(hook);
    Sinks.One<T> died = Sinks.one();
    Schedulers.onHandleError(
        "sluice", (thread, error) -> died.tryEmitError(new IllegalStateException(error)));
    try {
      return Mono.firstWithSignal(pipeline, died.asMono()).block();
    } finally {
      Schedulers.resetOnHandleError("sluice");
      done.countDown();
      remove(hook);
    }
  }

  private static void awaitQuietly(CountDownLatch done) {
    try {
      if (!done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        System.err.println("sluice: could not clean up in time; the next run will");
      } else if (!SAID.await(LAST_WORDS.toSeconds(), TimeUnit.SECONDS)) {
        System.err.println("sluice: ended before all was printed");
      }
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyEnding) {
      // The hook is running: it ends the process with the right number.
    }
  }
}
