package io.sluice.api.transport;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.LoopResources;
import reactor.util.retry.Retry;

/**
 * Fetches feeds into files: within the limits of the transport, over three redirects at most, none
 * of which leads to another scheme or to a private address that is not the feed's own.
 */
public final class FeedClient {
  private static final int REDIRECTS = 3;
  private static final Set<Integer> REDIRECT = Set.of(301, 302, 303, 307, 308);
  private static final long RETRIES = 2;

  private final TransportOptions options;
  private final FeedConnection connection;
  private final Duration beforeRetry;

  /** A client that finds hosts as this machine does. */
  public FeedClient(TransportOptions options) {
    this(options, HostResolver.SYSTEM, Duration.ofSeconds(1));
  }

  /**
   * A client that finds hosts by that resolver.
   *
   * @param beforeRetry how long to wait before a fetch is repeated that may work later
   */
  public FeedClient(TransportOptions options, HostResolver resolver, Duration beforeRetry) {
    this.options = options;
    this.connection = new FeedConnection(options, resolver);
    this.beforeRetry = beforeRetry;
  }

  /**
   * What is asked for.
   *
   * @param header a further header of the request, {@code Name: value}, which no other server gets
   *     to see; null for none
   * @param known the version that is known
   */
  public record Request(FeedAddress address, @Nullable String header, FeedMark known) {}

  /** One step of the way. */
  private record Step(FeedAddress address, int redirects) {}

  /**
   * Fetches it. Errors with {@link FeedException}, or with what went wrong with the file.
   *
   * @param file an existing file, whose content is replaced
   */
  public Mono<FeedAnswer> fetch(Request request, Path file) {
    return Mono.usingWhen(
        Mono.fromSupplier(() -> LoopResources.create("sluice-feed", 1, true)),
        loops ->
            connection
                .lookup(request.address())
                .flatMap(own -> follow(request, own, new Step(request.address(), 0), file, loops))
                .timeout(options.answerTimeout())
                .onErrorMap(error -> explained(request.address(), error))
                .retryWhen(
                    Retry.backoff(RETRIES, beforeRetry)
                        .filter(FeedClient::mayPass)
                        .onRetryExhaustedThrow((spec, signal) -> signal.failure())),
        loops -> loops.disposeLater(Duration.ZERO, Duration.ofSeconds(1)));
  }

  private Throwable explained(FeedAddress from, Throwable error) {
    return FeedException.explained(from, options.proxy(), connection.explained(from, error));
  }

  private static boolean mayPass(Throwable error) {
    return error instanceof FeedException feed && feed.kind() == FeedException.Kind.AWAY;
  }

  private Mono<FeedAnswer> follow(
      Request request, List<InetAddress> own, Step step, Path file, LoopResources loops) {
    boolean first = step.address().sameOrigin(request.address());
    Mono<List<InetAddress>> addresses =
        first
            ? Mono.just(own)
            : connection
                .lookup(step.address())
                .doOnNext(found -> refuse(step, found))
                .onErrorMap(error -> explained(step.address(), error));
    return addresses.flatMap(
        found ->
            connection
                .client(step.address(), found, loops)
                .headers(headers -> ask(headers, request, first))
                .get()
                .uri(step.address().uri())
                .response(
                    (response, content) ->
                        answer(request, own, step, file, loops, response, content.asByteArray()))
                .single()
                .onErrorMap(error -> explained(step.address(), error)));
  }

  private void ask(HttpHeaders headers, Request request, boolean first) {
    String header = request.header();
    if (header != null && first) {
      int colon = header.indexOf(':');
      headers.set(header.substring(0, colon).strip(), header.substring(colon + 1).strip());
    }
    if (request.known().etag() != null) {
      headers.set(HttpHeaderNames.IF_NONE_MATCH, request.known().etag());
    }
    if (request.known().lastModified() != null) {
      headers.set(HttpHeaderNames.IF_MODIFIED_SINCE, request.known().lastModified());
    }
  }

  private Mono<FeedAnswer> answer(
      Request request,
      List<InetAddress> own,
      Step step,
      Path file,
      LoopResources loops,
      HttpClientResponse response,
      Flux<byte[]> content) {
    int status = response.status().code();
    if (status == 304 && !request.known().equals(FeedMark.NONE)) {
      return Mono.just(new FeedAnswer.Unchanged());
    } else if (REDIRECT.contains(status)) {
      return Mono.defer(
          () -> follow(request, own, redirected(step, response.responseHeaders()), file, loops));
    } else if (status != 200) {
      return Mono.error(FeedException.ofStatus(step.address(), status));
    }
    String type = response.responseHeaders().get(HttpHeaderNames.CONTENT_TYPE, "");
    if (type.toLowerCase(Locale.ROOT).matches("\\s*(text/html|application/xhtml\\+xml)\\b.*")) {
      return Mono.error(
          FeedException.refused(
              "the feed " + step.address() + " has turned into a web page (" + type.strip() + ")",
              "open the address in a browser: it may have moved, or ask for a sign-in"));
    }
    HttpHeaders headers = response.responseHeaders();
    FeedMark mark =
        new FeedMark(headers.get(HttpHeaderNames.ETAG), headers.get(HttpHeaderNames.LAST_MODIFIED));
    String encoding = headers.get(HttpHeaderNames.CONTENT_ENCODING, "");
    return new FeedBody(step.address(), encoding, options.maxAnswerBytes())
        .into(file, content)
        .thenReturn(new FeedAnswer.Fetched(mark));
  }

  private Step redirected(Step step, HttpHeaders headers) {
    String location = headers.get(HttpHeaderNames.LOCATION);
    if (step.redirects() == REDIRECTS) {
      throw FeedException.refused(
          "the feed is redirected more than " + REDIRECTS + " times, at last by " + step.address(),
          "give the address at which it is");
    }
    if (location == null || location.isBlank()) {
      throw FeedException.refused(
          step.address() + " redirects without saying where to",
          "give the address at which the feed is");
    }
    FeedAddress next;
    try {
      URI target = step.address().uri().resolve(URI.create(location));
      next = FeedAddress.of(target.toString(), true);
    } catch (IllegalArgumentException unusable) {
      throw FeedException.refused(
          step.address() + " redirects to an address that cannot be used",
          "give the address at which the feed is");
    }
    if (next.secure() != step.address().secure()) {
      throw FeedException.refused(
          step.address() + " redirects to " + next + ", which is another scheme",
          "give that address yourself if it is meant");
    }
    return new Step(next, step.redirects() + 1);
  }

  private static void refuse(Step step, List<InetAddress> found) {
    for (InetAddress address : found) {
      if (step.redirects() > 0 && PrivateAddress.is(address)) {
        throw FeedException.refused(
            "the feed is redirected to "
                + step.address()
                + ", whose address "
                + address.getHostAddress()
                + " is private",
            "give that address yourself if it is meant");
      }
    }
  }
}
