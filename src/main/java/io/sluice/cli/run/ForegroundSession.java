package io.sluice.cli.run;

import io.sluice.api.transport.TransportOptions;
import io.sluice.config.Connection;
import io.sluice.config.UsageException;
import io.sluice.flow.retry.CircuitBreaker;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.Governors;
import io.sluice.pipeline.SessionObserver;
import io.sluice.pipeline.StopSignal;
import java.time.Duration;
import java.util.function.Consumer;
import reactor.core.scheduler.Schedulers;

/** Opens the session of a run that works on one account. */
public final class ForegroundSession {
  private ForegroundSession() {}

  /**
   * Opens it; nothing is sent yet.
   *
   * @param apiMessages reads what the API says to people beside its answers
   * @throws UsageException if the account cannot be called as the options say
   */
  public static AccountSession open(
      Connection connection,
      TransportOptions transport,
      Duration maxOutage,
      CircuitBreaker.Listener outages,
      Consumer<String> apiMessages,
      StopSignal stop) {
    return UsageException.checked(
        "",
        () ->
            AccountSession.open(
                connection,
                transport,
                maxOutage,
                new Governors(Schedulers.parallel()),
                outages,
                stop,
                SessionObserver.NONE.heardBy(apiMessages)));
  }
}
