package io.sluice.job.notice;

import io.sluice.config.NotifyTarget;
import io.sluice.config.UsageException;
import io.sluice.flow.Backoff;
import io.sluice.job.Backup;
import io.sluice.job.Job;
import io.sluice.job.JobRefusedException;
import io.sluice.job.notice.Notice.State;
import io.sluice.job.store.Database;
import io.sluice.job.store.JobQueries;
import io.sluice.job.store.JobStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.node.ObjectNode;

/**
 * Notices for the targets of the configuration: added with what they are about, sent at least once,
 * in order for each target, and tried again for a day. A target that is away holds up no job and no
 * other target. Thread-safe.
 */
public final class Notices implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
  private static final Duration LOOKING = Duration.ofSeconds(1);
  private static final Duration WATCHING = Duration.ofMinutes(1);
  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final Duration TRIED_FOR = Duration.ofDays(1);
  private static final Duration KEPT = Duration.ofDays(90);
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(30));

  private final NoticeStore store;
  private final JobQueries queries;
  private final Supplier<List<NotifyTarget>> configured;
  private final Supplier<List<String>> profiles;
  private final NoticePost post;
  private final Clock clock;
  private final Disposable.Composite loops = Disposables.composite();

  /**
   * @param configured the targets as they are now
   * @param profiles the profiles whose backups are watched
   * @param post sends one notice
   */
  public Notices(
      Database database,
      Supplier<List<NotifyTarget>> configured,
      Supplier<List<String>> profiles,
      NoticePost post,
      Clock clock) {
    this.profiles = profiles;
    this.store = new NoticeStore(database);
    this.queries = new JobQueries(database);
    this.configured = configured;
    this.post = post;
    this.clock = clock;
  }

  /** Begins to send. */
  public void start() {
    loops.add(
        Flux.interval(LOOKING, Schedulers.boundedElastic())
            .onBackpressureDrop()
            .concatMap(tick -> look().onErrorComplete(), 1)
            .subscribe());
    loops.add(
        Flux.interval(Duration.ZERO, WATCHING, Schedulers.boundedElastic())
            .onBackpressureDrop()
            .concatMap(tick -> Mono.fromRunnable(this::watch).onErrorComplete(), 1)
            .subscribe());
  }

  /** The targets as they are now; none while the configuration cannot be used. */
  public List<NotifyTarget> targets() {
    try {
      return configured.get();
    } catch (UsageException unreadable) {
      LOG.warn("the targets of notices cannot be read: {}", unreadable.getMessage());
      return List.of();
    }
  }

  /** The notices that there are. */
  public NoticeStore store() {
    return store;
  }

  /**
   * Has a notice sent that only shows that it arrives.
   *
   * @throws JobRefusedException if there is no such target
   */
  public Notice test(String target) {
    if (find(target).isEmpty()) {
      throw new JobRefusedException("no_such_target", "there is no target " + target);
    }
    Instant now = clock.instant();
    store.add(
        target, Notice.TEST, UUID.randomUUID().toString(), text(NoticeBody.test(target, now)), now);
    return store.latest(null, target, 1).get(0);
  }

  /**
   * What adds the notices of something that became of a job, within the transaction that notes it.
   *
   * @param exit how it ended; null if it waits
   */
  public Consumer<Handle> of(
      String event, Job job, @Nullable Integer exit, ObjectNode summary, Instant now) {
    List<NotifyTarget> wanting =
        job.dryRun()
            ? List.of()
            : targets().stream().filter(target -> target.on().contains(event)).toList();
    return handle -> {
      for (NotifyTarget target : wanting) {
        ObjectNode body = NoticeBody.job(event, job, exit, summary, target.detail(), now);
        NoticeStore.add(handle, target.name(), event, job.id(), job.id(), text(body), now);
      }
    };
  }

  private static String text(ObjectNode body) {
    return JobStore.JSON.writeValueAsString(body.put("id", UUID.randomUUID().toString()));
  }

  private Optional<NotifyTarget> find(String name) {
    return targets().stream().filter(target -> target.name().equals(name)).findFirst();
  }

  /** Sends what is due, one notice for each target. */
  private Mono<Void> look() {
    return Flux.fromIterable(store.waiting())
        .flatMap(
            target ->
                Mono.fromCallable(() -> store.claim(target, clock.instant(), LEASE))
                    .subscribeOn(Schedulers.boundedElastic())
                    .flatMap(Mono::justOrEmpty)
                    .flatMap(this::send)
                    .onErrorComplete(),
            Integer.MAX_VALUE)
        .then();
  }

  private Mono<Void> send(Notice notice) {
    NotifyTarget target = find(notice.target()).orElse(null);
    if (target == null) {
      return settled(() -> store.end(notice, State.FAILED, "there is no such target", now()));
    }
    ObjectNode body = (ObjectNode) JobStore.JSON.readTree(notice.body());
    return post.send(target, body)
        .then(settled(() -> store.end(notice, State.SENT, null, now())))
        .onErrorResume(error -> settled(() -> again(notice, error)));
  }

  private static Mono<Void> settled(Runnable work) {
    return Mono.<Void>fromRunnable(work).subscribeOn(Schedulers.boundedElastic());
  }

  private void again(Notice notice, Throwable error) {
    String why = why(error);
    if (notice.madeAt().plus(TRIED_FOR).isBefore(now())) {
      LOG.warn("a notice for {} is given up after a day: {}", notice.target(), why);
      store.end(notice, State.FAILED, why, now());
    } else {
      store.later(notice, why, now().plus(BACKOFF.before(notice.attempts() + 1)));
    }
  }

  /** Nothing of an address is told, since a webhook's is a secret. */
  private static String why(Throwable error) {
    if (error instanceof NoticePost.RefusedException || error instanceof UsageException) {
      return String.valueOf(error.getMessage());
    }
    return "it could not be reached (" + error.getClass().getSimpleName() + ")";
  }

  /** Finds profiles whose last complete backup is too old, and removes what is over. */
  void watch() {
    Instant now = now();
    List<NotifyTarget> watching =
        targets().stream().filter(target -> target.backupAge() != null).toList();
    if (!watching.isEmpty()) {
      Map<String, Instant> last = last();
      for (NotifyTarget target : watching) {
        Duration age = target.backupAge();
        for (String profile : profiles.get()) {
          Instant at = last.get(profile);
          if (age != null && (at == null || at.plus(age).isBefore(now))) {
            String body = text(NoticeBody.overdue(profile, at, now));
            store.addOnce(target.name(), "backup_overdue", profile + " " + at, body, now);
          }
        }
      }
    }
    store.removeBefore(now.minus(KEPT));
  }

  /** When the last complete backup of each profile ended. */
  private Map<String, Instant> last() {
    Map<String, Instant> last = new TreeMap<>();
    for (Backup backup : queries.backups()) {
      last.merge(
          backup.profile(), backup.endedAt(), (one, other) -> one.isAfter(other) ? one : other);
    }
    return last;
  }

  private Instant now() {
    return clock.instant();
  }

  @Override
  public void close() {
    loops.dispose();
  }
}
