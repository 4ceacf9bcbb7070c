package io.sluice.pipeline;

import io.sluice.api.ApiAccount;
import io.sluice.api.ApiClient;
import io.sluice.api.CallObserver;
import io.sluice.api.transport.TransportOptions;
import io.sluice.catalog.KnownDomains;
import io.sluice.config.Connection;
import io.sluice.flow.Dispatcher;
import io.sluice.flow.quota.QuotaGovernor;
import io.sluice.flow.quota.QuotaStatus;
import io.sluice.flow.retry.AttemptsSpentException;
import io.sluice.flow.retry.CircuitBreaker;
import io.sluice.flow.retry.RetryBudget;
import io.sluice.flow.retry.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * One run's way to one account: a client that is paced, repeats what may be, and sits outages out.
 */
public final class AccountSession {
  private static final Duration FIRST_ANSWER = Duration.ofSeconds(30);
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(5);

  private final ApiClient client;
  private final QuotaGovernor governor;
  private final CircuitBreaker breaker;
  private final Duration maxOutage;
  private final Connection connection;
  private final StopSignal stop;

  private AccountSession(
      ApiClient client,
      QuotaGovernor governor,
      CircuitBreaker breaker,
      Duration maxOutage,
      Connection connection,
      StopSignal stop) {
    this.stop = stop;
    this.client = client;
    this.governor = governor;
    this.breaker = breaker;
    this.maxOutage = maxOutage;
    this.connection = connection;
  }

  /**
   * Opens a session; nothing is sent yet.
   *
   * @param maxOutage how long an outage may last before the run gives up
   * @param events receives that it is open, outages, and what the API says to people
   * @param stop ends the run early
   * @throws IllegalArgumentException if the transport refuses the base URL or the authorities
   */
  public static AccountSession open(
      Connection connection,
      TransportOptions transport,
      Duration maxOutage,
      Governors governors,
      Consumer<RunEvent> events,
      StopSignal stop) {
    return open(connection, transport, maxOutage, governors, events, stop, SessionObserver.NONE);
  }

  /**
   * Opens a session whose calls are measured; nothing is sent yet.
   *
   * @param maxOutage how long an outage may last before the run gives up
   * @param events receives that it is open, outages, and what the API says to people
   * @param stop ends the run early
   * @throws IllegalArgumentException if the transport refuses the base URL or the authorities
   */
  public static AccountSession open(
      Connection connection,
      TransportOptions transport,
      Duration maxOutage,
      Governors governors,
      Consumer<RunEvent> events,
      StopSignal stop,
      SessionObserver observer) {
    QuotaGovernor governor = governors.of(connection);
    CircuitBreaker breaker =
        CircuitBreaker.create(
            maxOutage, FIRST_ANSWER, Schedulers.parallel(), new HeardOutages(events));
    Dispatcher dispatcher =
        Dispatcher.create(
                governor,
                breaker,
                RetryPolicy.standard(),
                RetryBudget.standard(),
                Schedulers.parallel())
            .reportingWaits(observer::waited);
    ApiClient client =
        ApiClient.of(
            connection.account(),
            transport.withConcurrency(connection.concurrency()),
            dispatcher,
            new HeardCalls(observer, events));
    observer.paced(governor::status);
    AccountSession session =
        new AccountSession(client, governor, breaker, maxOutage, connection, stop);
    events.accept(new RunEvent.SessionOpened(session));
    return session;
  }

  /** Hands outages on. */
  private record HeardOutages(Consumer<RunEvent> events) implements CircuitBreaker.Listener {
    @Override
    public void began(Throwable cause) {
      events.accept(new RunEvent.OutageBegan(cause));
    }

    @Override
    public void ended(Duration lasted) {
      events.accept(new RunEvent.OutageEnded(lasted));
    }
  }

  /** Lets calls be measured, and hands on what the API says beside its answers. */
  private record HeardCalls(CallObserver observer, Consumer<RunEvent> events)
      implements CallObserver {
    @Override
    public void ended(String method, String path, int status, Duration lasted) {
      observer.ended(method, path, status, lasted);
    }

    @Override
    public void said(String message) {
      events.accept(new RunEvent.ApiMessage(message));
    }
  }

  /** The account. */
  public ApiAccount account() {
    return client.account();
  }

  /** How long an outage, or the failing of single calls, may last. */
  public Duration maxOutage() {
    return maxOutage;
  }

  /** How long the quota alone makes that many further calls take. */
  public Duration forecast(long calls) {
    return governor.forecast(calls);
  }

  /** The remaining quota, and how long the next call would wait. */
  public QuotaStatus quota() {
    return governor.status();
  }

  /**
   * Whether a call more, which might be of use, takes nothing from those that have to be made: no
   * outage is on, nobody waits for the quota, and a quarter of it is left.
   */
  public boolean hasCallsToSpare() {
    QuotaStatus now = governor.status();
    Long remaining = now.remaining();
    Long all = now.quota();
    return !breaker.isOpen()
        && now.waiting() == 0
        && now.delay().isZero()
        && (remaining == null || all == null || 4 * remaining > all);
  }

  /** How many requests were sent, repetitions included. */
  public long requests() {
    return client.requests();
  }

  /** The calls that it makes. */
  public ApiClient client() {
    return client;
  }

  /** How many calls may be under way at once. */
  public int concurrency() {
    return connection.concurrency();
  }

  /** The domains that its profile adds to the known ones, for lint. */
  public Map<KnownDomains, List<String>> knownDomains() {
    return connection.knownDomains();
  }

  /**
   * Goes on repeating a call whose attempts are spent, as long as an outage may last: for calls
   * without which the run cannot go on. The call must be one that may be repeated; it is given up
   * at once when the run is stopped.
   */
  public <T> Mono<T> patiently(Mono<T> call) {
    return stop.orStop(persistently(call));
  }

  /** Like {@link #patiently}, but goes on when the run is stopped. */
  public <T> Mono<T> persistently(Mono<T> call) {
    return Mono.defer(
        () -> {
          long start = System.nanoTime();
          return call.retryWhen(
              Retry.fixedDelay(Long.MAX_VALUE, BETWEEN_TRIES)
                  .filter(
                      error ->
                          error instanceof AttemptsSpentException
                              && System.nanoTime() - start < maxOutage.toNanos()));
        });
  }

  /** What the source brings, unless the run is stopped before. */
  public <T> Mono<T> orStop(Mono<T> source) {
    return stop.orStop(source);
  }

  /** Closes every connection. */
  public Mono<Void> close() {
    return client.close();
  }
}
