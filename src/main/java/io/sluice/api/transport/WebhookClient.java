package io.sluice.api.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.resolver.DefaultAddressResolverGroup;
import io.sluice.flow.Blocking;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * Posts to webhooks by the way that calls of the API take: through the proxy, and trusting the same
 * authorities. Follows no redirect and repeats nothing.
 */
public final class WebhookClient {
  private final TransportOptions options;
  private final Duration patience;
  private final @Nullable ProxyAddress proxy;

  /**
   * A client of these ways out of the network.
   *
   * @param patience how long a post may take, from connecting to the answer's head
   */
  public WebhookClient(TransportOptions options, Duration patience) {
    this.options = options;
    this.patience = patience;
    this.proxy = ProxyAddress.of(options.proxy(), HostResolver.SYSTEM);
  }

  /** No answer came. The message says why, and names the host but no more of the address. */
  public static final class UnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreachableException(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * Posts it once subscribed.
   *
   * @return the status of the answer; errors with {@link UnreachableException} if none came
   */
  public Mono<Integer> post(URI address, Map<String, String> headers, byte[] body) {
    return Blocking.call(() -> client(address))
        .flatMap(
            client ->
                client
                    .headers(sent -> headers.forEach(sent::set))
                    .post()
                    .uri(address)
                    .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)))
                    .response())
        .map(answer -> answer.status().code())
        .timeout(patience)
        .onErrorMap(error -> new UnreachableException(why(address, error)));
  }

  private HttpClient client(URI address) {
    HttpClient plain =
        HttpClient.create(ConnectionProvider.newConnection())
            .resolver(DefaultAddressResolverGroup.INSTANCE)
            .disableRetry(true)
            .followRedirect(false)
            // For the rest of an answer, too, which nobody reads.
            .responseTimeout(patience)
            .doOnRequest(InterimAnswers::drop)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) patience.toMillis())
            .headers(headers -> headers.set(HttpHeaderNames.USER_AGENT, options.userAgent()))
            .noProxy();
    if (!"https".equalsIgnoreCase(address.getScheme())) {
      return plain;
    }
    var trusted = TrustedAuthorities.http11(options.caFile());
    HttpClient secured =
        plain.secure(tls -> tls.sslContext(trusted).handshakeTimeout(options.connectTimeout()));
    ProxyAddress through = proxyTo(address);
    return through == null ? secured : through.routed(secured);
  }

  private @Nullable ProxyAddress proxyTo(URI address) {
    return options.proxy().proxyFor(address) == null ? null : proxy;
  }

  private String why(URI address, Throwable error) {
    ProxyAddress through = proxyTo(address);
    Throwable known = through == null ? error : through.explained(error);
    RouteFailure failure = RouteFailure.of(known, Route.of(address, options.proxy()), false);
    if (failure != null) {
      return failure.text();
    } else if (error instanceof TimeoutException) {
      return "it did not answer within " + patience.toSeconds() + " s";
    } else if (error instanceof IllegalArgumentException unusable) {
      return RouteFailure.said(unusable);
    }
    // Its words could repeat the address, which is as good as a password.
    return "the connection was lost (" + error.getClass().getSimpleName() + ")";
  }
}
