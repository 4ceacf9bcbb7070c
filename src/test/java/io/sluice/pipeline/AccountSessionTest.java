package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.Listing;
import io.sluice.api.Page;
import io.sluice.catalog.Catalog;
import io.sluice.hash.Hash64;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.fault.Fault;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a session says of the calls that it may make. */
@Timeout(20)
final class AccountSessionTest {
  private static final String LIST = "block_senders";

  private final Sandbox sandbox = Sandbox.builder().quota(100, Duration.ofMinutes(5)).start();
  private final AccountSession session = new ExportRig(sandbox, Path.of("")).announced(0).session();

  @AfterEach
  void end() {
    session.close().block();
    sandbox.close();
  }

  @Test
  void noCallIsToSpareDuringAnOutage() {
    page().block();
    sandbox.faults().everywhere().then(Fault.status(503));
    Mono<Long> read = Flux.range(0, 6).flatMap(call -> page()).count().cache();
    Disposable reading = read.subscribe();
    int inARow = 0;
    while (inARow < 10_000) {
      inARow = session.hasCallsToSpare() ? 0 : inARow + 1;
    }
    sandbox.faults().clear();
    assertThat(read.block()).isEqualTo(6);
    assertThat(session.hasCallsToSpare()).isTrue();
    reading.dispose();
  }

  @Test
  void ofTheQuotaAQuarterIsNotToSpare() {
    int made = 0;
    while (session.hasCallsToSpare()) {
      page().block();
      made++;
    }
    assertThat(made).isBetween(74, 76);
  }

  private Mono<Page> page() {
    return session.client().page(Listing.of(Catalog.get(LIST)), 1, Hash64.random());
  }
}
