package io.sluice;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The guard against blocking calls is on: without this test its absence would go unnoticed. */
final class BlockHoundTest {

  @Test
  void readingAFileOnAParallelThreadFails() {
    Mono<Integer> blocking =
        Mono.fromCallable(BlockHoundTest::readAByte).subscribeOn(Schedulers.parallel());
    assertThatThrownBy(() -> blocking.block(Duration.ofSeconds(5)))
        .hasRootCauseInstanceOf(BlockingOperationError.class);
  }

  @Test
  void readingAFileOnABoundedElasticThreadIsFine() {
    Mono.fromCallable(BlockHoundTest::readAByte)
        .subscribeOn(Schedulers.boundedElastic())
        .block(Duration.ofSeconds(5));
  }

  private static int readAByte() {
    try (FileInputStream in = new FileInputStream("pom.xml")) {
      return in.read();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
