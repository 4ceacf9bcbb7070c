package io.sluice.job.schedule;

import io.sluice.flow.Blocking;
import io.sluice.job.store.Database;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Takes back what a clock that was ahead has put off, each minute: jobs that wait, recurring tasks,
 * and schedules. Nothing would happen until the time that the clock had shown.
 */
public final class PutOffTasks {
  private static final Logger LOG = LoggerFactory.getLogger(PutOffTasks.class);
  private static final Duration LOOKING = Duration.ofMinutes(1);

  /** Recurring tasks are due within an hour, jobs that wait much sooner. */
  private static final Duration LONGEST = Duration.ofHours(2);

  private final Database database;
  private final Schedules schedules;

  public PutOffTasks(Database database, Schedules schedules) {
    this.database = database;
    this.schedules = schedules;
  }

  /** Looks at once, and then until the answer is disposed. */
  public Disposable start() {
    return Flux.interval(Duration.ZERO, LOOKING, Schedulers.boundedElastic())
        .onBackpressureDrop()
        .concatMap(tick -> Blocking.run(this::recall).onErrorResume(PutOffTasks::failed), 1)
        .subscribe();
  }

  private void recall() {
    // By the same clock as db-scheduler.
    Instant now = Instant.now();
    int tasks = database.recallTasks(Schedules.TASK, now, now.plus(LONGEST));
    if (tasks > 0) {
      LOG.warn("{} tasks were put off by a clock that was ahead; they are run now", tasks);
    }
    schedules.recall();
  }

  private static Mono<Void> failed(Throwable error) {
    if (Database.isAway(error)) {
      LOG.debug("tasks that are put off are looked for again in a minute", error);
    } else {
      LOG.warn("tasks that are put off are looked for again in a minute", error);
    }
    return Mono.empty();
  }
}
