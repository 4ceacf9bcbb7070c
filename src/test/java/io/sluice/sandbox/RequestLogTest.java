package io.sluice.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestLogTest {
  private final Sandbox sandbox = Sandbox.builder().start();
  private final RequestLog requestLog = sandbox.requestLog();
  private final Caller caller = Caller.of(sandbox);

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void callsAreCountedByRouteAndStatus() {
    caller.get("block_senders?page=1");
    caller.get("block_senders?page=2");
    caller.patch("block_senders/some-id", "{}");
    caller.post("block_senders/batch", "{}");
    assertThat(requestLog.total()).isEqualTo(4);
    assertThat(requestLog.byRoute())
        .isEqualTo(
            Map.of(
                "GET /block_senders", 2L,
                "PATCH /block_senders/{id}", 1L,
                "POST /block_senders/batch", 1L));
    assertThat(requestLog.byStatus()).isEqualTo(Map.of(200, 2L, 404, 1L, 400, 1L));
    assertThat(requestLog.count("GET /block_senders")).isEqualTo(2);
    assertThat(requestLog.count(404)).isEqualTo(1);
    assertThat(requestLog.writes()).isEqualTo(2);
    assertThat(requestLog.peakInFlight()).isEqualTo(1);
  }

  @Test
  void eachCallIsRecordedWithItsQueryAndArrival() {
    long before = System.nanoTime();
    caller.get("block_senders?search=a%26b&page=1");
    RequestLog.Call call = requestLog.calls().get(0);
    assertThat(call.method()).isEqualTo("GET");
    assertThat(call.path()).isEqualTo("/block_senders");
    assertThat(call.query()).isEqualTo("search=a%26b&page=1");
    assertThat(call.status()).isEqualTo(200);
    assertThat(call.arrivalNanos()).isBetween(before, System.nanoTime());
  }

  @Test
  void everythingIsForgottenOnReset() {
    caller.get("domains");
    requestLog.reset();
    assertThat(requestLog.total()).isZero();
    assertThat(requestLog.byRoute()).isEmpty();
    assertThat(requestLog.calls()).isEmpty();
  }
}
