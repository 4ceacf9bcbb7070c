package io.sluice.api.transport;

import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.NoopAddressResolverGroup;
import io.sluice.flow.Blocking;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import reactor.core.publisher.Mono;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.SslProvider;
import reactor.netty.transport.ProxyProvider;

/**
 * The way to the server of a feed: what its name stands for is looked up once, so that nobody can
 * have it stand for another address between the check and the connection.
 */
final class FeedConnection {
  private final TransportOptions options;
  private final HostResolver resolver;

  FeedConnection(TransportOptions options, HostResolver resolver) {
    this.options = options;
    this.resolver = resolver;
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
    URI through = options.proxy().proxyFor(address.uri());
    AddressResolverGroup<?> names =
        through == null ? new PinnedResolver(found) : NoopAddressResolverGroup.INSTANCE;
    HttpClient plain =
        HttpClient.create(ConnectionProvider.newConnection())
            .resolver(names)
            .runOn(loops, false)
            .disableRetry(true)
            .followRedirect(false)
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
        plain.secure(
            tls ->
                tls.sslContext(trusting(TrustedAuthorities.check(options.caFile())))
                    .handshakeTimeout(options.connectTimeout()));
    return through == null
        ? secured
        : secured.proxy(spec -> through(spec, new ProxyAddress(through)));
  }

  private static SslProvider.GenericSslContextSpec<?> trusting(CertificateCheck trusted) {
    Http11SslContextSpec spec = Http11SslContextSpec.forClient();
    spec.configure(context -> context.trustManager(trusted));
    return spec;
  }

  private void through(ProxyProvider.TypeSpec spec, ProxyAddress address) {
    ProxyProvider.Builder builder = spec.type(ProxyProvider.Proxy.HTTP).socketAddress(address);
    String user = options.proxy().user();
    String password = options.proxy().password();
    if (user != null) {
      builder.username(user).password(name -> password);
    }
  }
}
