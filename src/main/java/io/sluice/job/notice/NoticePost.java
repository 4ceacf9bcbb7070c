package io.sluice.job.notice;

import io.netty.buffer.Unpooled;
import io.sluice.config.NotifyTarget;
import io.sluice.config.UsageException;
import io.sluice.flow.Blocking;
import io.sluice.job.store.StoredJson;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends one notice to its target, signed if the target has a secret. Redirects are not followed.
 */
public final class NoticePost {
  /** The header that says who has sent a notice: {@code t=<unix seconds>,v1=<HMAC in hex>}. */
  public static final String SIGNATURE = "X-Sluice-Signature";

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final HttpClient client;
  private final Clock clock;

  /**
   * @param userAgent what the sender is called
   */
  public NoticePost(String userAgent, Clock clock) {
    this.clock = clock;
    this.client =
        HttpClient.create(ConnectionProvider.newConnection())
            .responseTimeout(PATIENCE)
            .followRedirect(false)
            .headers(headers -> headers.set("User-Agent", userAgent));
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
    return Blocking.call(() -> prepared(target, body)).flatMap(this::send).timeout(PATIENCE);
  }

  private record Prepared(URI address, String body, String signature) {}

  private Prepared prepared(NotifyTarget target, ObjectNode body) {
    URI address = UsageException.checked("", target::address);
    String text = StoredJson.MAPPER.writeValueAsString(NoticeFormat.of(target.format(), body));
    String key = target.key();
    return new Prepared(address, text, key == null ? "" : signature(key, text));
  }

  private Mono<Void> send(Prepared prepared) {
    return client
        .headers(
            headers -> {
              headers.set("Content-Type", "application/json");
              if (!prepared.signature().isEmpty()) {
                headers.set(SIGNATURE, prepared.signature());
              }
            })
        .post()
        .uri(prepared.address())
        .send(
            Mono.fromSupplier(
                () -> Unpooled.wrappedBuffer(prepared.body().getBytes(StandardCharsets.UTF_8))))
        .response()
        .flatMap(
            answer -> {
              int status = answer.status().code();
              return status >= 200 && status < 300
                  ? Mono.empty()
                  : Mono.error(new RefusedException(status));
            });
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
