package io.sluice.api;

import io.netty.handler.codec.http.HttpMethod;
import io.sluice.api.transport.RawAnswer;
import io.sluice.api.transport.Route;
import io.sluice.api.transport.Transport;
import io.sluice.api.transport.TransportOptions;
import io.sluice.catalog.Resource;
import io.sluice.flow.Dispatcher;
import io.sluice.flow.retry.AttemptCount;
import io.sluice.flow.retry.Repetition;
import io.sluice.hash.Hash64;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
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
  private volatile @Nullable URI lastUri;
  private final CallSender calls;

  private ApiClient(ApiAccount account, Transport transport, CallSender calls) {
    this.account = account;
    this.transport = transport;
    this.calls = calls;
  }

  /**
   * A client of that account whose calls are measured.
   *
   * @throws IllegalArgumentException if the options forbid the account's base URL, or are unusable
   */
  public static ApiClient of(
      ApiAccount account, TransportOptions options, Dispatcher dispatcher, CallObserver observer) {
    Transport transport = Transport.to(account.baseUrl(), account.credential(), options);
    Clock clock = Clock.systemUTC();
    Route route = Route.of(account.baseUrl(), options.proxy());
    Secrets proxySecrets = Secrets.of(options.proxy().secrets());
    ResponseClassifier verdict =
        new ResponseClassifier(
            route, clock, text -> proxySecrets.hideIn(account.credential().hideIn(text)));
    CallSender calls = new CallSender(transport, dispatcher, verdict, clock, observer);
    return new ApiClient(account, transport, calls);
  }

  /** Whose settings these are. */
  public ApiAccount account() {
    return account;
  }

  /**
   * One page of a listing, from page 1; {@code hash} belongs to the reading it is for. To
   * {@linkplain Page#release release} it spares the next one a new array.
   */
  public Mono<Page> page(Listing listing, int number, Hash64 hash) {
    String name = listing.resource().name();
    return calls.send(
        Repetition.SAFE,
        new AttemptCount(),
        new CallSender.Call(HttpMethod.GET, name, uri("/" + name + listing.query(number)), null),
        answer -> {
          Page page =
              PageParser.parse(
                      answer.body(),
                      answer.length(),
                      number,
                      listing.perPage(),
                      listing.filtered(),
                      hash)
                  .releasedTo(transport.pool()::giveBack);
          answer.says(page.messages());
          if (!page.identified()) {
            answer.says(RecordsWithoutId.in(page, listing.resource(), page.messages()));
          }
          return page;
        });
  }

  /** One record by its id. */
  public Mono<ObjectNode> get(Resource resource, String id) {
    return one(HttpMethod.GET, resource, id, null, new AttemptCount(), Envelope::object);
  }

  /**
   * Makes a record. It is sent again only if it surely was not processed: after any other failure
   * the caller has to look whether it is there. An answer that tells of another record counts as
   * unreadable.
   *
   * @param attempts counts how often it is sent
   */
  public Mono<Written> create(Resource resource, ObjectNode body, AttemptCount attempts) {
    URI uri = uri("/" + resource.name());
    CallSender.Call call = new CallSender.Call(HttpMethod.POST, resource.name(), uri, body);
    return calls.send(
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
  public Mono<Written> edit(
      Resource resource, String id, ObjectNode changes, AttemptCount attempts) {
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
  public Mono<Written> delete(Resource resource, String id, AttemptCount attempts) {
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
                error.httpStatus() == 404 && error.obstacle() == null && attempts.made() > 1
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
  public Mono<BatchAnswer> batch(Resource resource, BatchRequest request, AttemptCount attempts) {
    String path = resource.name() + "/batch";
    CallSender.Call call =
        new CallSender.Call(HttpMethod.POST, path, uri("/" + path), request.body());
    return calls.send(
        request.repeatable() ? Repetition.SAFE : Repetition.ONLY_IF_UNPROCESSED,
        attempts,
        call,
        answer -> BatchAnswer.of(request, answer));
  }

  /** How many requests were sent, repetitions included. */
  public long requests() {
    return calls.sent();
  }

  /**
   * How far ahead of this machine's clock the server's is, to about a second, by its last answer;
   * null if it does not say it.
   */
  public @Nullable Duration clockAhead() {
    return calls.clockAhead();
  }

  /** Closes the client's connections at once. */
  public Mono<Void> close() {
    return transport.close();
  }

  private <T> Mono<T> one(
      HttpMethod method,
      Resource resource,
      String id,
      @Nullable ObjectNode body,
      AttemptCount attempts,
      Function<RawAnswer, T> read) {
    if (NO_SEGMENT.contains(id)) {
      return Mono.error(ApiException.unsent("'" + id + "' is not an id of " + resource));
    }
    String segment = URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    URI uri = uri("/" + resource.name() + "/" + segment);
    CallSender.Call call = new CallSender.Call(method, resource.name() + "/{id}", uri, body);
    return calls.send(Repetition.SAFE, attempts, call, read);
  }

  /** Creates go to one address, thousands of times; reading it takes longer than comparing it. */
  private URI uri(String rest) {
    String text = account.settings() + rest;
    URI last = lastUri;
    if (last != null && last.toString().equals(text)) {
      return last;
    }
    URI uri = URI.create(text);
    lastUri = uri;
    return uri;
  }
}
