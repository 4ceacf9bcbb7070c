package io.sluice.cli.run;

import io.sluice.api.transport.TransportOptions;
import io.sluice.cli.option.PaceOptions;
import io.sluice.config.Connection;
import io.sluice.config.Environment;
import io.sluice.config.UsageException;
import io.sluice.pipeline.AccountException;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.Governors;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.StopSignal;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * How a run in the foreground works on one account.
 *
 * @param transport how calls travel
 * @param maxOutage how long an outage may last
 * @param name what the account is called if the run works on others as well, else null
 */
public record ForegroundSession(
    Connection connection, TransportOptions transport, Duration maxOutage, @Nullable String name) {

  /** The only account that the run works on. */
  public ForegroundSession(Connection connection, TransportOptions transport, Duration maxOutage) {
    this(connection, transport, maxOutage, null);
  }

  /** Works on that account as the options say. */
  public static ForegroundSession of(
      Connection connection, PaceOptions connecting, Environment environment) {
    return new ForegroundSession(
        connection, connecting.transport(environment), connecting.maxOutage.get());
  }

  /** The same as one of several accounts, so that an error says which one it is about. */
  public ForegroundSession named(String profile) {
    return new ForegroundSession(connection, transport, maxOutage, profile);
  }

  /**
   * Opens the way to the account; nothing is sent yet.
   *
   * @param events receives what happens on the way to the account
   * @throws UsageException if the account cannot be called as the options say
   */
  AccountSession open(Consumer<RunEvent> events, StopSignal stop) {
    return UsageException.checked(
        "",
        () ->
            AccountSession.open(
                connection,
                transport,
                maxOutage,
                new Governors(Schedulers.parallel()),
                events,
                stop));
  }

  /**
   * Opens the way to the account, does the work and closes it.
   *
   * @param events receives what happens on the way to the account
   * @throws UsageException if the account cannot be called as the options say
   */
  public <T> T run(
      Consumer<RunEvent> events, StopSignal stop, Function<AccountSession, Mono<T>> work) {
    return run(open(events, stop), stop, work);
  }

  /** Does the work with a session that is open, and closes it. */
  <T> T run(AccountSession session, StopSignal stop, Function<AccountSession, Mono<T>> work) {
    return Objects.requireNonNull(
        Interrupts.await(
            Mono.usingWhen(
                Mono.just(session), live -> namingAccount(work.apply(live)), AccountSession::close),
            stop));
  }

  private <T> Mono<T> namingAccount(Mono<T> work) {
    return name == null ? work : work.onErrorMap(AccountException.naming(name));
  }
}
