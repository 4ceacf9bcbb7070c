package io.sluice;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Holds that no operator is used that loses a request. Reactor 3.8 (since 3.4.9) puts {@code
 * thenMany}, {@code concatWith}, {@code startWith} and {@code concat} of several arguments together
 * as an array of sources, and there a request that comes in the moment in which one source gives
 * way to the next may go to the one that has ended: nothing more is emitted, and nothing fails. An
 * import by rows stood still so. Lists of sources, and flat maps, are not affected.
 */
@AnalyzeClasses(packages = "io.sluice", importOptions = ImportOption.DoNotIncludeTests.class)
final class LostRequestTest {
  private static final int ROUNDS = 30_000;
  private static final int RECORDS = 8;

  private static final Set<String> ARRAYS =
      Set.of("thenMany", "concatWith", "concatWithValues", "concatDelayError", "startWith");

  @ArchTest
  static final ArchRule noArrayOfSources =
      noClasses()
          .should()
          .accessTargetWhere(
              DescribedPredicate.describe(
                  "sources are put together as an array", LostRequestTest::losesRequests));

  private static boolean losesRequests(JavaAccess<?> access) {
    AccessTarget target = access.getTarget();
    String owner = target.getOwner().getName();
    boolean reactive = owner.equals(Flux.class.getName()) || owner.equals(Mono.class.getName());
    return reactive
        && (ARRAYS.contains(target.getName())
            || target.getFullName().equals(owner + ".concat([Lorg.reactivestreams.Publisher;)"));
  }

  @Test
  void whatFollowsAMonoHearsOfEveryRequest() throws Exception {
    race(first -> first.thenReturn(List.of(1, 2, 3, 4, 5, 6, 7, 8)).flatMapIterable(all -> all));
  }

  @Test
  void aFluxAfterAMonoHearsOfEveryRequest() throws Exception {
    race(first -> first.thenReturn(RECORDS).flatMapMany(count -> Flux.range(1, count)));
  }

  @Test
  void aListOfSourcesHearsOfEveryRequest() throws Exception {
    race(first -> Flux.concat(List.of(first.then(Mono.empty()), Flux.range(1, RECORDS))));
  }

  /** One thread ends the first source while another one asks, one by one, for all of the second. */
  private static void race(Function<Mono<Void>, Flux<Integer>> sources) throws Exception {
    AtomicInteger arrived = new AtomicInteger();
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      for (int round = 1; round <= ROUNDS; round++) {
        int both = 2 * round;
        Sinks.Empty<Void> first = Sinks.empty();
        AtomicInteger received = new AtomicInteger();
        BaseSubscriber<Integer> asking = asking(received);
        sources.apply(first.asMono()).subscribe(asking);
        Future<?> ending =
            other.submit(
                () -> {
                  meet(arrived, both);
                  first.tryEmitEmpty();
                });
        meet(arrived, both);
        for (int each = 0; each < RECORDS; each++) {
          asking.request(1);
        }
        ending.get(10, TimeUnit.SECONDS);
        assertThat(received).as("round " + round).hasValue(RECORDS);
      }
    } finally {
      other.shutdownNow();
    }
  }

  /** Asks for nothing by itself. */
  private static BaseSubscriber<Integer> asking(AtomicInteger received) {
    return new BaseSubscriber<>() {
      @Override
      protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
        // The test requests.
      }

      @Override
      protected void hookOnNext(Integer value) {
        received.incrementAndGet();
      }
    };
  }

  /** Returns in the same moment for two threads. */
  private static void meet(AtomicInteger arrived, int both) {
    arrived.incrementAndGet();
    while (arrived.get() < both) {
      Thread.onSpinWait();
    }
  }
}
