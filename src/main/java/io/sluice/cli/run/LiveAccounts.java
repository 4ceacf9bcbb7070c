package io.sluice.cli.run;

import io.sluice.api.transport.TransportOptions;
import io.sluice.config.Connection;
import io.sluice.config.UsageException;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.Governors;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.StopSignal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The sessions of a run that works on several accounts; one credential has one quota. */
public final class LiveAccounts {
  private final Function<String, Connection> connections;
  private final TransportOptions transport;
  private final Duration maxOutage;
  private final StopSignal stop;
  private final Governors governors = new Governors(Schedulers.parallel());
  private final List<AccountSession> sessions = new CopyOnWriteArrayList<>();

  /**
   * No session yet.
   *
   * @param connections finds the account of a profile
   */
  public LiveAccounts(
      Function<String, Connection> connections,
      TransportOptions transport,
      Duration maxOutage,
      StopSignal stop) {
    this.connections = connections;
    this.transport = transport;
    this.maxOutage = maxOutage;
    this.stop = stop;
  }

  /**
   * Opens the account of a profile; nothing is sent yet.
   *
   * @param events receives what happens on the way to it
   */
  public AccountSession open(String profile, Consumer<RunEvent> events) {
    try {
      AccountSession session =
          AccountSession.open(
              connections.apply(profile), transport, maxOutage, governors, events, stop);
      sessions.add(session);
      return session;
    } catch (IllegalArgumentException refused) {
      throw new UsageException(profile + ": " + refused.getMessage(), null);
    }
  }

  /** How many requests were sent. */
  long requests() {
    return sessions.stream().mapToLong(AccountSession::requests).sum();
  }

  /** Closes every connection. */
  Mono<Void> close() {
    return Flux.fromIterable(sessions).concatMap(AccountSession::close).then();
  }
}
