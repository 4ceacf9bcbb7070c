package io.sluice.job.work;

import io.sluice.job.Job;
import io.sluice.job.store.Database;
import io.sluice.job.store.EventStore;
import io.sluice.job.store.JobStore;
import io.sluice.job.store.StoredJson;
import io.sluice.pipeline.RunEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How far a job is, noted in the database twice a second while something moves. What is reported to
 * it costs no more than a field: the work never waits for the database, and never fails for it.
 * What cannot be noted while the database is away is noted when it is back. Thread-safe.
 */
public final class ProgressLog implements Consumer<RunEvent>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProgressLog.class);
  private static final Duration EVERY = Duration.ofMillis(500);

  private final Job job;
  private final Database database;
  private final JobStore jobs;
  private final EventStore events;
  private final Clock clock;
  private final JobProgress progress;
  private final Disposable timer;
  private String last = "";
  private boolean held;

  public ProgressLog(Job job, Database database, JobStore jobs, EventStore events, Clock clock) {
    this.job = job;
    this.database = database;
    this.jobs = jobs;
    this.events = events;
    this.clock = clock;
    this.progress = new JobProgress(job.progress());
    this.timer =
        Flux.interval(EVERY, Schedulers.boundedElastic())
            .onBackpressureDrop()
            .concatMap(tick -> Mono.fromRunnable(this::note), 1)
            .subscribe();
  }

  @Override
  public void accept(RunEvent event) {
    progress.accept(event);
  }

  /** Notes what has changed since the last time, if the database takes it. Blocking. */
  private void note() {
    trying(this::noteChanges);
  }

  private void trying(Runnable noting) {
    try {
      noting.run();
    } catch (RuntimeException failed) {
      // The next half second has its own chance; and where the process ends, the next process.
      if (!Database.isAway(failed)) {
        LOG.warn("the progress of job {} could not be noted", job.id(), failed);
      }
    }
  }

  private synchronized void noteChanges() {
    noteRows();
    noteProgress();
  }

  private void noteProgress() {
    ObjectNode now = progress.json();
    String text = StoredJson.MAPPER.writeValueAsString(now);
    if (text.equals(last)) {
      return;
    }
    jobs.progress(job.id(), job.fence(), text);
    add("progress", text);
    boolean holding = progress.isHeld();
    if (holding != held) {
      add("throttled", throttled(now, holding));
      held = holding;
    }
    last = text;
  }

  private void noteRows() {
    for (ObjectNode row = progress.wrong(); row != null; row = progress.wrong()) {
      add("row", StoredJson.MAPPER.writeValueAsString(row));
      progress.noted();
    }
  }

  private void add(String name, String data) {
    events.addIfOwned(job, name, data, clock.instant());
  }

  private static String throttled(ObjectNode now, boolean holding) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("held", holding);
    event.set("outage", now.path("outage"));
    event.set("quota", now.path("quota"));
    return StoredJson.MAPPER.writeValueAsString(event);
  }

  /**
   * Notes how far it came, and no more from then on. Blocking, as long as the database is away: the
   * job's end waits for it as well.
   */
  @Override
  public void close() {
    timer.dispose();
    trying(
        () ->
            database.insist(
                () -> {
                  noteChanges();
                  return true;
                }));
  }
}
