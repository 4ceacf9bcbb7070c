package io.sluice.bench;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.resolver.DefaultAddressResolverGroup;
import java.io.File;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.SslProvider;

/** The client of the raw contenders, tuned as Sluice's is, so that only its own work differs. */
final class RawClient {
  /** The variable that names the file of the authority that a server over TLS is trusted by. */
  static final String CA_FILE = "BENCH_CA_FILE";

  private RawClient() {}

  /** Sets what has to be set before Netty loads. */
  static void prepare() {
    System.setProperty("io.netty.jfr.enabled", "false");
    System.setProperty("io.netty.transport.noNative", "true");
  }

  /** A client of that server, with a connection for each of so many calls at once. */
  static HttpClient of(Target target, int atOnce) {
    HttpClient client =
        HttpClient.create(ConnectionProvider.create("raw", atOnce + 2))
            .runOn(LoopResources.create("raw", 3, 3, true, false), false)
            .resolver(DefaultAddressResolverGroup.INSTANCE)
            .option(
                ChannelOption.RECVBUF_ALLOCATOR,
                new AdaptiveRecvByteBufAllocator(2048, 64 * 1024, 1 << 20))
            .headers(
                headers ->
                    headers
                        .set("Authorization", target.authorization())
                        .set("Content-Type", "application/json"));
    @Nullable String authority = System.getenv(CA_FILE);
    return authority == null ? client : secured(client, new File(authority));
  }

  private static HttpClient secured(HttpClient client, File authority) {
    Http2SslContextSpec spec = Http2SslContextSpec.forClient();
    spec.configure((SslContextBuilder context) -> context.trustManager(authority));
    SslProvider.GenericSslContextSpec<?> http2 = spec;
    return client
        .protocol(HttpProtocol.H2, HttpProtocol.HTTP11)
        .secure(tls -> tls.sslContext(http2));
  }
}
