package io.sluice.api;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.sluice.api.transport.RawAnswer;
import io.sluice.api.transport.Transport;
import io.sluice.flow.Dispatcher;
import io.sluice.flow.quota.Permit;
import io.sluice.flow.quota.QuotaReading;
import io.sluice.flow.retry.AttemptCount;
import io.sluice.flow.retry.Repetition;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends calls: each attempt with a permit, which learns what its answer says of the quota, and with
 * a classification of what went wrong. Thread-safe.
 */
final class CallSender {
  private static final List<String> FROM_CACHE =
      List.of(
          "a cache on the way has answered in its place (header Age), so that what was read may be"
              + " out of date: have the proxy make an exception of the API's host");

  private final Transport transport;
  private final Dispatcher dispatcher;
  private final ResponseClassifier verdict;
  private final Clock clock;
  private final CallObserver observer;
  private final ApiMessages messages;
  private final LongAdder requests = new LongAdder();
  private volatile boolean answered;
  private volatile @Nullable Heard heard;

  /** What the last answer said of the time, and when it came. */
  private record Heard(String date, Instant at) {}

  CallSender(
      Transport transport,
      Dispatcher dispatcher,
      ResponseClassifier verdict,
      Clock clock,
      CallObserver observer) {
    this.transport = transport;
    this.dispatcher = dispatcher;
    this.verdict = verdict;
    this.clock = clock;
    this.observer = observer;
    this.messages = new ApiMessages(verdict::shown, observer::said);
  }

  /** How many requests were sent, repetitions included. */
  long sent() {
    return requests.sum();
  }

  /**
   * What is asked of the API.
   *
   * @param path the path below the account's settings, with names in place of ids
   */
  record Call(HttpMethod method, String path, URI uri, @Nullable ObjectNode body) {
    boolean writes() {
      return !method.equals(HttpMethod.GET);
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /**
   * Sends it, and again while that is allowed.
   *
   * @param read makes of a successful answer what is wanted
   */
  <T> Mono<T> send(
      Repetition repetition, AttemptCount attempts, Call call, Function<RawAnswer, T> read) {
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
        .onErrorMap(error -> verdict.lost(call.toString(), call.writes(), answered, error))
        .map(
            answer -> {
              answered = true;
              settle(permit, answer);
              return open(call, answer, read);
            });
  }

  private void tell(Call call, int status, long begun) {
    Duration lasted = Duration.ofNanos(System.nanoTime() - begun);
    observer.ended(call.method().name(), ApiAccount.TEMPLATE + call.path(), status, lasted);
  }

  /**
   * How far ahead of this machine's clock the server's is, to about a second, by its last answer;
   * null if that does not say it.
   */
  @Nullable Duration clockAhead() {
    Heard last = heard;
    try {
      return last == null
          ? null
          : Duration.between(
              last.at(),
              ZonedDateTime.parse(last.date().strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                  .toInstant());
    } catch (DateTimeParseException unreadable) {
      return null;
    }
  }

  private void settle(Permit permit, RawAnswer answer) {
    String date = answer.headers().get(HttpHeaderNames.DATE);
    if (date != null) {
      heard = new Heard(date, clock.instant());
    }
    List<QuotaReading> readings = RateHeaders.readings(answer.headers());
    if (answer.status() == 429) {
      permit.throttled(RateHeaders.retryAfter(answer.headers(), clock.instant()), readings);
    } else {
      permit.answered(readings);
    }
  }

  private <T> T open(Call call, RawAnswer answer, Function<RawAnswer, T> read) {
    try {
      if (!answer.successful()) {
        throw verdict.refusal(call.toString(), answer);
      }
      return read.apply(answer);
    } catch (JacksonException | UnexpectedShape unreadable) {
      throw verdict.unreadable(call.toString(), call.writes(), answer, unreadable);
    } finally {
      messages.add(answer.messages());
      if (answer.isFromCache()) {
        messages.add(FROM_CACHE);
      }
    }
  }
}
