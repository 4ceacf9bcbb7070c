package io.sluice.api.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.resolver.DefaultAddressResolverGroup;
import io.sluice.api.Credential;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.http.client.HttpResponseDecoderSpec;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.SslProvider;

/**
 * Sends one HTTP request and brings the whole answer, whatever its status. Follows no redirect and
 * repeats nothing by itself.
 */
public final class Transport {
  private static final int IDLE_SECONDS = 30;
  private static final int RECEIVE_BUFFER = 1 << 20;

  private final TransportOptions options;
  private final @Nullable ProxyAddress proxy;
  private final LoopResources loops;
  private final ConnectionProvider connections;
  private final HttpClient bare;
  private final HttpClient posting;
  private final BodyPool pool = new BodyPool();

  private Transport(URI baseUrl, Credential credential, TransportOptions options) {
    this.options = options;
    boolean direct = options.proxy().proxyFor(baseUrl) == null;
    this.proxy = direct ? null : ProxyAddress.of(options.proxy(), HostResolver.SYSTEM);
    // An odd number: each connection asks for a loop twice and takes the second, so that of two
    // loops one would get every connection.
    int workers = Runtime.getRuntime().availableProcessors() == 1 ? 1 : 3;
    // Not colocated: pages are asked for where others arrive, and one loop would get every
    // connection.
    this.loops = LoopResources.create("sluice-http", workers, workers, true, false);
    this.connections =
        ConnectionProvider.builder("sluice")
            .maxConnections(options.concurrency() + 2)
            .pendingAcquireMaxCount(-1)
            .pendingAcquireTimeout(options.answerTimeout())
            .maxIdleTime(Duration.ofSeconds(IDLE_SECONDS))
            .build();
    this.bare = client(baseUrl).headers(headers -> credential.headers().forEach(headers::set));
    // Its length is set when the body is sent.
    this.posting =
        bare.headers(
            headers ->
                headers.set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON));
  }

  /**
   * A transport to the host of {@code baseUrl}, which tells it the credential with every request.
   *
   * @throws IllegalArgumentException if the address is plain {@code http:} to another machine and
   *     that was not allowed, or if the file of authorities is unusable
   */
  public static Transport to(URI baseUrl, Credential credential, TransportOptions options) {
    boolean plain = "http".equals(baseUrl.getScheme());
    if (plain && !options.allowHttp() && !Loopback.is(baseUrl.getHost())) {
      throw new IllegalArgumentException(
          "refusing to send a credential over plain http: to "
              + baseUrl.getHost()
              + "; use https:, or --allow-http if the way there is safe");
    }
    return new Transport(baseUrl, credential, options);
  }

  /**
   * Sends a request once subscribed. Cancelling closes the connection.
   *
   * @param json the body, or null for none
   * @return the answer; errors with what went wrong on the way, {@code TimeoutException} when the
   *     whole answer took too long, {@link NotSent} if it was lost before it was sent: a request
   *     with a body, or any that a reset befell
   */
  public Mono<RawAnswer> exchange(HttpMethod method, URI uri, byte @Nullable [] json) {
    boolean reads = method.equals(HttpMethod.GET);
    if (!reads) {
      // A run that writes has read its pages, and may go on for hours.
      pool.clear();
    }
    CallConnection way = new CallConnection();
    if (json == null) {
      return whole(bare.request(method).uri(uri), reads ? pool : null, way)
          .onErrorMap(error -> explained(error, way, false));
    }
    Mono<ByteBuf> body = Mono.fromSupplier(() -> Unpooled.wrappedBuffer(json));
    return whole(posting.request(method).uri(uri).send(body), null, way)
        .onErrorMap(error -> explained(error, way, true));
  }

  private Mono<RawAnswer> whole(
      HttpClient.ResponseReceiver<?> receiver, @Nullable BodyPool from, CallConnection way) {
    return receiver
        .response(
            (response, content) ->
                content
                    .reduceWith(() -> bufferFor(response, from), BodyBuffer::append)
                    .map(body -> answer(response, body, from)))
        .single()
        // Without a name, Reactor makes one up for each call, with a regular expression.
        .name("answer")
        .contextWrite(way::in)
        .timeout(options.answerTimeout());
  }

  private Throwable explained(Throwable error, CallConnection way, boolean writes) {
    if (error instanceof TimeoutException) {
      way.closeIfSilent();
    }
    Throwable known = proxy == null ? error : proxy.explained(error);
    boolean lost = RouteFailure.isReset(error) || (writes && isOfTheWay(known));
    return lost && !way.isSent() ? new NotSent(known) : known;
  }

  private static boolean isOfTheWay(Throwable error) {
    return error instanceof TimeoutException
        || (error instanceof IOException
            && !(error instanceof SSLException || error instanceof UnknownHostException));
  }

  /** The request was lost before any of it was sent. */
  static final class NotSent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotSent(Throwable cause) {
      super(cause);
    }
  }

  /** Closes every connection at once. */
  public Mono<Void> close() {
    return connections
        .disposeLater()
        .then(loops.disposeLater(Duration.ZERO, Duration.ofSeconds(1)));
  }

  /** Takes back the arrays of answers to GET, for later answers. */
  public BodyPool pool() {
    return pool;
  }

  private BodyBuffer bufferFor(HttpClientResponse response, @Nullable BodyPool from) {
    boolean plain = !response.responseHeaders().contains(HttpHeaderNames.CONTENT_ENCODING);
    String announced = response.responseHeaders().get(HttpHeaderNames.CONTENT_LENGTH);
    long length = plain && announced != null ? parse(announced) : -1;
    if (length > options.maxAnswerBytes()) {
      throw new BodyBuffer.AnswerTooLarge(options.maxAnswerBytes());
    }
    return new BodyBuffer(length, options.maxAnswerBytes(), from);
  }

  private static long parse(String number) {
    try {
      return Long.parseLong(number.strip());
    } catch (NumberFormatException unreadable) {
      return -1;
    }
  }

  private static RawAnswer answer(
      HttpClientResponse response, BodyBuffer body, @Nullable BodyPool from) {
    if (from != null) {
      from.received(body.length());
    }
    return new RawAnswer(response.status().code(), response.responseHeaders(), body.whole());
  }

  private HttpClient client(URI baseUrl) {
    HttpClient plain =
        HttpClient.create(connections)
            // Before the loops: without a resolver these get one of their own, kept for ever.
            .resolver(DefaultAddressResolverGroup.INSTANCE)
            .runOn(loops, false)
            .disableRetry(true)
            .followRedirect(false)
            .compress(true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) options.connectTimeout().toMillis())
            .option(
                ChannelOption.RECVBUF_ALLOCATOR,
                new AdaptiveRecvByteBufAllocator(2048, 64 * 1024, RECEIVE_BUFFER))
            .httpResponseDecoder(Transport::inLargeParts)
            .doOnRequest(
                (request, connection) -> {
                  InterimAnswers.drop(request, connection);
                  CallConnection.sending(request, connection);
                })
            .option(ChannelOption.TCP_NODELAY, true)
            .headers(this::addOwn)
            .noProxy();
    return "https".equals(baseUrl.getScheme()) ? secured(proxied(plain)) : plain;
  }

  /** No cache on the way may answer with what it has got before. */
  private void addOwn(HttpHeaders headers) {
    headers
        .set(HttpHeaderNames.USER_AGENT, options.userAgent())
        .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_CACHE);
  }

  /**
   * What has been received goes on as it is, and not in parts of 8 KiB. Reactor Netty would rather
   * have nobody set this, but offers nothing in its place.
   */
  @SuppressWarnings("deprecation")
  private static HttpResponseDecoderSpec inLargeParts(HttpResponseDecoderSpec decoder) {
    return decoder.maxChunkSize(RECEIVE_BUFFER);
  }

  private HttpClient secured(HttpClient plain) {
    Http2SslContextSpec spec = Http2SslContextSpec.forClient();
    CertificateCheck trusted = TrustedAuthorities.check(options.caFile());
    spec.configure(context -> context.trustManager(trusted));
    SslProvider.GenericSslContextSpec<?> http2 = spec;
    return plain
        .protocol(HttpProtocol.H2, HttpProtocol.HTTP11)
        .secure(tls -> tls.sslContext(http2).handshakeTimeout(options.connectTimeout()));
  }

  private HttpClient proxied(HttpClient direct) {
    ProxyAddress address = proxy;
    return address == null ? direct : address.routed(direct);
  }
}
