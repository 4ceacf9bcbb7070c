package io.sluice.job;

import io.sluice.flow.Blocking;
import io.sluice.job.store.Database;
import io.sluice.job.store.EventStore;
import io.sluice.job.store.JobStore;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Follows what happens to jobs, whichever process runs them. Thread-safe. */
public final class EventFeed {
  private static final Duration LOOKING = Duration.ofMillis(400);
  private static final int AT_ONCE = 500;

  private final JobStore store;
  private final EventStore events;

  EventFeed(JobStore store, EventStore events) {
    this.store = store;
    this.events = events;
  }

  /** True if the job has ended, and nothing happened to it after the event of that number. */
  public boolean hasEndedBy(String id, long number) {
    return events
        .last(id)
        .filter(last -> last.name().equals("done") && last.number() <= number)
        .isPresent();
  }

  /**
   * True if the job may have had an event of that number, or if it is 0. Progress that nobody reads
   * any more is not kept.
   */
  public boolean mayHaveHad(String id, long number) {
    return number == 0
        || (events.last(id).filter(last -> last.number() >= number).isPresent()
            && events.owner(number).filter(owner -> !owner.equals(id)).isEmpty());
  }

  /** The events of a job, from after that event on, until it ends. Does not block. */
  public Flux<JobEvent> of(String id, long after) {
    return Blocking.call(() -> store.get(id).isPresent())
        .flatMapMany(known -> known ? follow(id, after) : Flux.empty());
  }

  private Flux<JobEvent> follow(String id, long after) {
    long[] seen = {after};
    return Flux.defer(EventFeed::pulse)
        .concatMap(
            tick ->
                Blocking.call(() -> events.after(id, seen[0], AT_ONCE))
                    // Whoever follows a job through an outage goes on where it was.
                    .onErrorResume(Database::isAway, away -> Mono.empty())
                    .flatMapIterable(found -> found)
                    .doOnNext(event -> seen[0] = event.number()),
            1)
        .takeUntil(event -> event.name().equals("done"));
  }

  private static Flux<Long> pulse() {
    return Flux.interval(Duration.ZERO, LOOKING).onBackpressureDrop();
  }
}
