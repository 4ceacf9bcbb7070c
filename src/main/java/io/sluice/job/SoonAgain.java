package io.sluice.job;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import io.sluice.job.store.Database;
import java.time.Duration;
import java.time.Instant;

/**
 * Has a task run again that could not be run to its end: after a second if the database was away,
 * later and later, a minute at most, if it fails for another reason.
 */
public final class SoonAgain<T> implements FailureHandler<T> {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final int LARGEST = 60;
  private static final int DOUBLINGS = 6;

  @Override
  public void onFailure(ExecutionComplete complete, ExecutionOperations<T> operations) {
    boolean away = complete.getCause().filter(Database::isAway).isPresent();
    int before = Math.min(DOUBLINGS, complete.getExecution().consecutiveFailures);
    Duration pause = away ? FIRST : FIRST.multipliedBy(Math.min(LARGEST, 1L << before));
    operations.reschedule(complete, Instant.now().plus(pause));
  }
}
