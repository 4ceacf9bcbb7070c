package io.sluice.job;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import io.sluice.flow.Backoff;
import io.sluice.job.store.Database;
import java.time.Duration;
import java.time.Instant;

/**
 * Has a task run again that could not be run to its end: after a second if the database was away,
 * later and later, a minute at most, if it fails for another reason.
 */
public final class SoonAgain<T> implements FailureHandler<T> {
  private static final Backoff PAUSES = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

  @Override
  public void onFailure(ExecutionComplete complete, ExecutionOperations<T> operations) {
    boolean away = complete.getCause().filter(Database::isAway).isPresent();
    int failures = away ? 0 : complete.getExecution().consecutiveFailures;
    operations.reschedule(complete, Instant.now().plus(PAUSES.before(failures + 1)));
  }
}
