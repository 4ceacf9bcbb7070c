package io.sluice.api.transport;

import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.sluice.flow.Blocking;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/**
 * The way to the server of a feed: what its name stands for is looked up once, so that nobody can
 * have it stand for another address between the check and the connection.
 */
final class FeedConnection {
  private final TransportOptions options;
  private final HostResolver resolver;
  private final @Nullable ProxyAddress proxy;

  FeedConnection(TransportOptions options, HostResolver resolver) {
    this.options = options;
    this.resolver = resolver;
    this.proxy = ProxyAddress.of(options.proxy(), resolver);
  }

  /**
   * The addresses of a feed's host. None through a proxy, where names are looked up; but an address
   * in place of a name is known here.
   */
  Mono<List<InetAddress>> lookup(FeedAddress address) {
    String host = bare(address.uri().getHost());
    if (proxied(address) && !host.matches("[0-9.]+|.*:.*")) {
      return Mono.just(List.of());
    }
    return Blocking.call(() -> resolver.resolve(host));
  }

  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private boolean proxied(FeedAddress address) {
    return options.proxy().proxyFor(address.uri()) != null;
  }

  /** A client that connects to one of these addresses, or through the proxy. */
  HttpClient client(FeedAddress address, List<InetAddress> found, LoopResources loops) {
    ProxyAddress through = proxied(address) ? proxy : null;
    HttpClient plain =
        HttpClient.create(ConnectionProvider.newConnection())
            .resolver(new PinnedResolver(found))
            .runOn(loops, false)
            .disableRetry(true)
            .followRedirect(false)
            .doOnRequest(InterimAnswers::drop)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) options.connectTimeout().toMillis())
            .headers(
                headers ->
                    headers
                        .set(HttpHeaderNames.USER_AGENT, options.userAgent())
                        .set(HttpHeaderNames.ACCEPT_ENCODING, HttpHeaderValues.GZIP))
            .noProxy();
    if (!address.secure()) {
      return plain;
    }
    HttpClient secured =
        plain
            .doOnRequest(CutOffBody::notice)
            .secure(
                tls ->
                    tls.sslContext(TrustedAuthorities.http11(options.caFile()))
                        .handshakeTimeout(options.connectTimeout()));
    return through == null ? secured : through.routed(secured);
  }

  /** The error, or why the proxy's name could not be looked up. */
  Throwable explained(FeedAddress address, Throwable error) {
    ProxyAddress through = proxied(address) ? proxy : null;
    return through == null ? error : through.explained(error);
  }
}
