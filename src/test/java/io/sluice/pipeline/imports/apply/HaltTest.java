package io.sluice.pipeline.imports.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.flow.retry.AttemptCount;
import io.sluice.format.OptionNames;
import io.sluice.report.ExitCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

final class HaltTest {

  /** Else its row would be of unknown outcome, though it need not have been sent. */
  @Test
  void aCallThatIsGivenUpAtOnceIsNotSentAtTheSameMoment() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 2_000; round++) {
        Halt halt = new Halt(Duration.ofMinutes(1), OptionNames.COMMAND_LINE);
        AttemptCount attempts = new AttemptCount();
        Sinks.Empty<String> permit = Sinks.empty();
        List<Throwable> ends = new ArrayList<>();
        Mono<String> call =
            permit
                .asMono()
                .then(
                    Mono.defer(
                        () ->
                            attempts.add()
                                ? Mono.never()
                                : Mono.error(new AttemptCount.NotSentException())));
        Disposable running = halt.orHalt(call, attempts).subscribe(v -> {}, ends::add);
        CyclicBarrier together = new CyclicBarrier(2);

        List<Future<?>> both =
            List.of(
                threads.submit(
                    () -> {
                      together.await(10, TimeUnit.SECONDS);
                      permit.tryEmitEmpty();
                      return null;
                    }),
                threads.submit(
                    () -> {
                      together.await(10, TimeUnit.SECONDS);
                      halt.because(ExitCode.NOT_PERMITTED);
                      return null;
                    }));
        for (Future<?> one : both) {
          one.get(10, TimeUnit.SECONDS);
        }

        assertThat(ends).hasSize(1 - attempts.made());
        assertThat(ends).allMatch(end -> end instanceof Halt.HaltedException);
        running.dispose();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
