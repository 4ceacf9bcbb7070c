package io.sluice.job.notice;

import io.sluice.api.transport.TransportOptions;
import io.sluice.api.transport.WebhookClient;
import io.sluice.config.NotifyTarget;
import io.sluice.config.UsageException;
import io.sluice.flow.Blocking;
import io.sluice.job.store.StoredJson;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends one notice to its target, signed if the target has a secret. Redirects are not followed.
 */
public final class NoticePost {
  /** The header that says who has sent a notice: {@code t=<unix seconds>,v1=<HMAC in hex>}. */
  public static final String SIGNATURE = "X-Sluice-Signature";

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final WebhookClient client;
  private final Clock clock;

  /**
   * @param transport the way out of this network, and what the sender is called
   */
  public NoticePost(TransportOptions transport, Clock clock) {
    this.client = new WebhookClient(transport, PATIENCE);
    this.clock = clock;
  }

  /** It was not taken. */
  public static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedException(int status) {
      super("it was answered " + status, null, false, false);
    }
  }

  /**
   * Sends it.
   *
   * @param body what every format is made of
   * @return an error if the target has not taken it, or cannot be used
   */
  public Mono<Void> send(NotifyTarget target, ObjectNode body) {
    return Blocking.call(() -> prepared(target, body)).flatMap(this::send);
  }

  private record Prepared(URI address, String body, String signature) {}

  private Prepared prepared(NotifyTarget target, ObjectNode body) {
    URI address = UsageException.checked("", target::address);
    String text = StoredJson.MAPPER.writeValueAsString(NoticeFormat.of(target.format(), body));
    String key = target.key();
    return new Prepared(address, text, key == null ? "" : signature(key, text));
  }

  private Mono<Void> send(Prepared prepared) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Content-Type", "application/json");
    if (!prepared.signature().isEmpty()) {
      headers.put(SIGNATURE, prepared.signature());
    }
    byte[] body = prepared.body().getBytes(StandardCharsets.UTF_8);
    return client
        .post(prepared.address(), headers, body)
        .flatMap(
            status ->
                status >= 200 && status < 300
                    ? Mono.empty()
                    : Mono.error(new RefusedException(status)));
  }

  /** Why a notice was not taken, without its address: that of a webhook is a secret. */
  public static String why(Throwable error) {
    if (error instanceof WebhookClient.UnreachableException unreachable) {
      return String.valueOf(unreachable.getMessage());
    } else if (error instanceof RefusedException || error instanceof UsageException) {
      return String.valueOf(error.getMessage());
    }
    return "it could not be reached (" + error.getClass().getSimpleName() + ")";
  }

  private String signature(String key, String body) {
    long seconds = clock.instant().getEpochSecond();
    return "t=" + seconds + ",v1=" + hmac(key, seconds + "." + body);
  }

  static String hmac(String key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java has HmacSHA256", missing);
    }
  }
}
