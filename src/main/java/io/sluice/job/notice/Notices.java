package io.sluice.job.notice;

import io.sluice.config.NotifyTarget;
import io.sluice.flow.Blocking;
import io.sluice.job.Job;
import io.sluice.job.JobRefusedException;
import io.sluice.job.Made;
import io.sluice.job.store.Database;
import io.sluice.job.store.RequestKey;
import io.sluice.job.store.RequestKeys;
import io.sluice.job.store.StoredJson;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
 * in order for each target, and tried again for a day. Thread-safe.
 */
public final class Notices implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
  private static final Duration WATCHING = Duration.ofMinutes(1);
  private static final Duration KEPT = Duration.ofDays(90);

  private final NoticeStore store;
  private final LastRead<NotifyTarget> targets;
  private final NoticeSender sender;
  private final OverdueBackups overdue;
  private final RequestKeys requests;
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
    this.store = new NoticeStore(database);
    this.targets = new LastRead<>("targets of notices", configured);
    this.sender = new NoticeSender(store, targets, post, clock);
    this.overdue =
        new OverdueBackups(database, targets, new LastRead<>("profiles", profiles), clock);
    this.requests = new RequestKeys(database, clock);
    this.clock = clock;
  }

  /** Begins to send, and to look for overdue backups. */
  public void start() {
    loops.add(sender.start());
    loops.add(
        Flux.interval(Duration.ZERO, WATCHING, Schedulers.boundedElastic())
            .onBackpressureDrop()
            .concatMap(tick -> round(), 1)
            .subscribe());
  }

  private Mono<Void> round() {
    return Blocking.run(
            () -> {
              overdue.watch();
              store.removeBefore(clock.instant().minus(KEPT));
            })
        .onErrorResume(
            error -> {
              if (Database.isAway(error)) {
                LOG.debug("overdue backups are looked for again in a minute", error);
              } else {
                LOG.warn("overdue backups are looked for again in a minute", error);
              }
              return Mono.empty();
            });
  }

  /** The targets as they are now, or were when the configuration could be used last. */
  public List<NotifyTarget> targets() {
    return targets.get();
  }

  /** The profiles whose last complete backup is too old. */
  public OverdueBackups overdue() {
    return overdue;
  }

  /** The notices that there are. */
  public NoticeStore store() {
    return store;
  }

  /**
   * Has a notice sent that only shows that it arrives.
   *
   * @param key null to send one each time
   * @throws JobRefusedException if there is no such target
   */
  public Made<Notice> test(String target, @Nullable RequestKey key) {
    if (find(target).isEmpty()) {
      throw new JobRefusedException("no_such_target", "there is no target " + target);
    }
    Instant now = clock.instant();
    String subject = UUID.randomUUID().toString();
    return requests.once(
        key,
        store::find,
        note -> store.test(target, subject, text(NoticeBody.test(target, now)), now, note));
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

  static String text(ObjectNode body) {
    return StoredJson.MAPPER.writeValueAsString(body.put("id", UUID.randomUUID().toString()));
  }

  private Optional<NotifyTarget> find(String name) {
    return targets().stream().filter(target -> target.name().equals(name)).findFirst();
  }

  @Override
  public void close() {
    loops.dispose();
  }
}
