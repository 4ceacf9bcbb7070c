package io.sluice.api;

import io.netty.handler.codec.http.HttpMethod;
import io.sluice.catalog.Resource;
import io.sluice.flow.Attempts;
import io.sluice.flow.Dispatcher;
import io.sluice.flow.Permit;
import io.sluice.flow.QuotaReading;
import io.sluice.flow.Repetition;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * The settings of one account, over HTTP. Every call is lazy, is paced and repeated by the {@link
 * Dispatcher} that the client was given, and errors with {@link ApiException}, or with what the
 * dispatcher signals when it gives up. Cancelling a call closes its connection; whether the server
 * processed it stays unknown.
 */
public final class ApiClient {
  /** What would name another path than that of a record, escaped or not. */
  private static final Set<String> NO_SEGMENT = Set.of("", ".", "..");

  private final ApiAccount account;
  private final Transport transport;
  private final Dispatcher dispatcher;
  private final Verdict verdict;
  private final Clock clock;
  private final CallObserver observer;
  private final LongAdder requests = new LongAdder();

  private ApiClient(
      ApiAccount account,
      Transport transport,
      Dispatcher dispatcher,
      Clock clock,
      CallObserver observer) {
    this.account = account;
    this.transport = transport;
    this.dispatcher = dispatcher;
    this.clock = clock;
    this.observer = observer;
    this.verdict = new Verdict(clock, text -> hideSecret(account.credential(), text));
  }

  /**
   * A client of that account.
   *
   * @throws IllegalArgumentException if the options forbid the account's base URL, or are unusable
   */
  public static ApiClient of(ApiAccount account, TransportOptions options, Dispatcher dispatcher) {
    return of(account, options, dispatcher, CallObserver.NONE);
  }

  /**
   * A client of that account whose calls somebody measures.
   *
   * @throws IllegalArgumentException if the options forbid the account's base URL, or are unusable
   */
  public static ApiClient of(
      ApiAccount account, TransportOptions options, Dispatcher dispatcher, CallObserver observer) {
    Transport transport = Transport.to(account.baseUrl(), account.credential(), options);
    return new ApiClient(account, transport, dispatcher, Clock.systemUTC(), observer);
  }

  /** Whose settings these are. */
  public ApiAccount account() {
    return account;
  }

  /** One page of a listing, from page 1; {@code fingerprint} belongs to the reading it is for. */
  public Mono<Page> page(Listing listing, int number, IdFingerprint fingerprint) {
    String name = listing.resource().name();
    return send(
        Repetition.SAFE,
        new Attempts(),
        new Call(HttpMethod.GET, name, uri("/" + name + listing.query(number)), null),
        answer ->
            PageParser.parse(
                answer.body(), answer.length(), number, listing.perPage(), fingerprint));
  }

  /** One record by its id. */
  public Mono<ObjectNode> get(Resource resource, String id) {
    return one(HttpMethod.GET, resource, id, null, new Attempts(), Envelope::object);
  }

  /**
   * Makes a record. It is sent again only if it surely was not processed: after any other failure
   * the caller has to look whether it is there. An answer that tells of another record counts as
   * unreadable.
   *
   * @param attempts counts how often it is sent
   */
  public Mono<Written> create(Resource resource, ObjectNode body, Attempts attempts) {
    URI uri = uri("/" + resource.name());
    Call call = new Call(HttpMethod.POST, resource.name(), uri, body);
    return send(
        Repetition.ONLY_IF_UNPROCESSED,
        attempts,
        call,
        answer -> Written.of(answer, SameRecord.withKey(resource, body, Envelope.object(answer))));
  }

  /**
   * Changes just the fields of {@code changes}; doing it twice is doing it once. An answer with
   * another id counts as unreadable.
   *
   * @param attempts counts how often it is sent
   */
  public Mono<Written> edit(Resource resource, String id, ObjectNode changes, Attempts attempts) {
    return one(
        HttpMethod.PATCH,
        resource,
        id,
        changes,
        attempts,
        answer -> Written.of(answer, SameRecord.withId(id, Envelope.object(answer))));
  }

  /**
   * Deletes a record. If it was sent before, as {@code attempts} tells, a 404 means that it is
   * done; at first a 404 is an error.
   *
   * @param attempts counts how often it is sent
   */
  public Mono<Written> delete(Resource resource, String id, Attempts attempts) {
    return one(
            HttpMethod.DELETE,
            resource,
            id,
            null,
            attempts,
            answer -> Written.of(answer, Envelope.objectIfAny(answer)))
        .onErrorResume(
            ApiException.class,
            error ->
                error.httpStatus() == 404 && attempts.made() > 1
                    ? Mono.just(new Written(Envelope.JSON.createObjectNode(), 404, error.ray()))
                    : Mono.error(error));
  }

  /**
   * Does several things in one call, all or nothing where the resource {@linkplain
   * io.sluice.catalog.Ability#ATOMIC_BATCH promises it}. With deletes or posts it is sent again
   * only if it surely was not processed. An account may lack the endpoint: 404 or 405.
   *
   * @param attempts counts how often it is sent
   */
  public Mono<BatchAnswer> batch(Resource resource, BatchRequest request, Attempts attempts) {
    String path = resource.name() + "/batch";
    Call call = new Call(HttpMethod.POST, path, uri("/" + path), request.body());
    return send(
        request.repeatable() ? Repetition.SAFE : Repetition.ONLY_IF_UNPROCESSED,
        attempts,
        call,
        answer -> BatchAnswer.of(request, answer));
  }

  /** How many requests were sent, repetitions included. */
  public long requests() {
    return requests.sum();
  }

  /** Closes the client's connections at once. */
  public Mono<Void> close() {
    return transport.close();
  }

  private record Call(HttpMethod method, String path, URI uri, @Nullable ObjectNode body) {
    boolean writes() {
      return !method.equals(HttpMethod.GET);
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  private <T> Mono<T> send(
      Repetition repetition, Attempts attempts, Call call, Function<RawAnswer, T> read) {
    return Mono.defer(
        () -> {
          byte[] json = call.body() == null ? null : Envelope.JSON.writeValueAsBytes(call.body());
          return dispatcher.send(repetition, attempts, permit -> attempt(permit, call, json, read));
        });
  }

  private <T> Mono<T> attempt(
      Permit permit, Call call, byte @Nullable [] json, Function<RawAnswer, T> read) {
    requests.increment();
    long begun = System.nanoTime();
    return transport
        .exchange(call.method(), call.uri(), json)
        .doOnNext(answer -> tell(call, answer.status(), begun))
        .doOnError(error -> tell(call, 0, begun))
        .onErrorMap(error -> verdict.lost(call.toString(), call.writes(), error))
        .map(
            answer -> {
              settle(permit, answer);
              return open(call, answer, read);
            });
  }

  private void tell(Call call, int status, long begun) {
    Duration lasted = Duration.ofNanos(System.nanoTime() - begun);
    observer.ended(call.method().name(), ApiAccount.TEMPLATE + call.path(), status, lasted);
  }

  private void settle(Permit permit, RawAnswer answer) {
    List<QuotaReading> readings = RateHeaders.readings(answer.headers());
    if (answer.status() == 429) {
      permit.throttled(RateHeaders.retryAfter(answer.headers(), clock.instant()), readings);
    } else {
      permit.answered(readings);
    }
  }

  private <T> T open(Call call, RawAnswer answer, Function<RawAnswer, T> read) {
    if (!answer.successful()) {
      throw verdict.refusal(call.toString(), answer);
    }
    try {
      return read.apply(answer);
    } catch (JacksonException | UnexpectedShape unreadable) {
      throw verdict.unreadable(call.toString(), answer, unreadable);
    }
  }

  private <T> Mono<T> one(
      HttpMethod method,
      Resource resource,
      String id,
      @Nullable ObjectNode body,
      Attempts attempts,
      Function<RawAnswer, T> read) {
    if (NO_SEGMENT.contains(id)) {
      return Mono.error(ApiException.unsent("'" + id + "' is no id of " + resource));
    }
    String segment = URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    URI uri = uri("/" + resource.name() + "/" + segment);
    Call call = new Call(method, resource.name() + "/{id}", uri, body);
    return send(Repetition.SAFE, attempts, call, read);
  }

  private URI uri(String rest) {
    return URI.create(account.settings() + rest);
  }

  private static String hideSecret(Credential credential, String text) {
    String shown = text;
    for (String header : credential.headers().values()) {
      String secret = header.startsWith("Bearer ") ? header.substring(7) : header;
      shown = shown.replace(secret, "(hidden)");
    }
    return shown;
  }
}
