package io.sluice.server.http.body;

import io.netty.handler.codec.http.HttpHeaderNames;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.server.HttpServerRequest;

/**
 * The body of a request that is refused before it was read. Clients send head and body apart; an
 * answer that overtakes the body can leave the next request on the connection unanswered. A body
 * that was read, or is being read, is left alone: it can be received once.
 */
public final class UnreadBody {
  private static final long LONGEST = 1 << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private UnreadBody() {}

  /** Completes when a short body has come, and after a second at the latest. Never fails. */
  public static Mono<Void> discarded(HttpServerRequest request) {
    return Mono.defer(
        () -> {
          long length = length(request);
          if (length <= 0 || length > LONGEST) {
            return Mono.empty();
          }
          // Not cancelled when it is late: that would close the connection before the answer.
          Sinks.Empty<Void> read = Sinks.empty();
          request
              .receive()
              .then()
              .subscribe(none -> {}, lost -> read.tryEmitEmpty(), read::tryEmitEmpty);
          return read.asMono().timeout(PATIENCE, Mono.empty());
        });
  }

  private static long length(HttpServerRequest request) {
    try {
      return Long.parseLong(request.requestHeaders().get(HttpHeaderNames.CONTENT_LENGTH, "0"));
    } catch (NumberFormatException none) {
      return 0;
    }
  }
}
