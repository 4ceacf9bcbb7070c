package io.sluice.cli.run;

import io.sluice.api.transport.TransportOptions;
import io.sluice.config.Connection;
import io.sluice.config.UsageException;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.Governors;
import io.sluice.pipeline.RunEvent;
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
   * @param events receives what happens on the way to the account
   * @throws UsageException if the account cannot be called as the options say
   */
  public static AccountSession open(
      Connection connection,
      TransportOptions transport,
      Duration maxOutage,
      Consumer<RunEvent> events,
      StopSignal stop) {
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
}
