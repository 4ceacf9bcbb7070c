package io.sluice.server.http;

import io.sluice.disk.Sha256;
import io.sluice.job.TextLimit;
import io.sluice.job.store.RequestKey;
import org.jspecify.annotations.Nullable;

/** The {@code Idempotency-Key} of requests that make something. */
public final class RequestKeyHeader {
  private RequestKeyHeader() {}

  /**
   * The key of a request, for this caller and this address alone.
   *
   * @param asked all that the request asks for
   * @return null if it has none
   * @throws ProblemException if it cannot be one
   */
  public static @Nullable RequestKey of(Exchange exchange, String asked) {
    String text = exchange.header("Idempotency-Key");
    if (text == null) {
      return null;
    }
    if (text.isBlank() || text.length() > TextLimit.IDEMPOTENCY_KEY.most()) {
      throw Problem.of(
              400,
              "bad_idempotency_key",
              "an Idempotency-Key has 1 to "
                  + TextLimit.IDEMPOTENCY_KEY.most()
                  + " characters, not blanks alone")
          .exception();
    }
    String uri = exchange.request().uri();
    int query = uri.indexOf('?');
    String target =
        exchange.request().method().name() + " " + (query < 0 ? uri : uri.substring(0, query));
    return new RequestKey(exchange.caller().id(), target, text, Sha256.hex(asked));
  }
}
