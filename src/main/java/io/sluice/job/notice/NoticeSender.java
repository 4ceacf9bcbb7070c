package io.sluice.job.notice;

import io.sluice.config.NotifyTarget;
import io.sluice.config.UsageException;
import io.sluice.flow.Backoff;
import io.sluice.flow.Blocking;
import io.sluice.job.notice.Notice.State;
import io.sluice.job.store.Database;
import io.sluice.job.store.StoredJson;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends the notices that wait, each target's in their order and each target by itself: one that is
 * dead or slow holds up no other. Of several processes on one database the one that leases a
 * target's first notice sends it; if that process dies, another sends it once the lease is over. A
 * database that is away is waited for.
 */
final class NoticeSender {
  private static final Logger LOG = LoggerFactory.getLogger(NoticeSender.class);
  private static final Duration LOOKING = Duration.ofSeconds(1);

  /** Well above the time that a target may take to answer. */
  static final Duration LEASE = Duration.ofMinutes(1);

  /** How long a notice is tried. */
  static final Duration TRIED_FOR = Duration.ofDays(1);

  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(30));

  private final NoticeStore store;
  private final Supplier<List<NotifyTarget>> targets;
  private final NoticePost post;
  private final Clock clock;

  /** The targets that this process is sending to. */
  private final Set<String> busy = ConcurrentHashMap.newKeySet();

  NoticeSender(
      NoticeStore store, Supplier<List<NotifyTarget>> targets, NoticePost post, Clock clock) {
    this.store = store;
    this.targets = targets;
    this.post = post;
    this.clock = clock;
  }

  /** Begins to send, until the answer is disposed. */
  Disposable start() {
    return Flux.interval(LOOKING, Schedulers.boundedElastic())
        .onBackpressureDrop()
        .concatMap(tick -> waiting(), 1)
        .filter(busy::add)
        .flatMap(target -> all(target).doFinally(end -> busy.remove(target)), Integer.MAX_VALUE)
        .subscribe();
  }

  private Flux<String> waiting() {
    return Blocking.call(store::waiting)
        .onErrorResume(
            error -> {
              failed("notices that wait cannot be read", error);
              return Mono.empty();
            })
        .flatMapIterable(found -> found);
  }

  /** Sends the target's notices one after another, until one is not taken or none is due. */
  private Mono<Void> all(String target) {
    return Mono.defer(() -> next(target)).repeat().takeWhile(Boolean::booleanValue).then();
  }

  /** True if one was sent. */
  private Mono<Boolean> next(String target) {
    return Blocking.call(() -> store.claim(target, clock.instant(), LEASE))
        .flatMap(Mono::justOrEmpty)
        .flatMap(this::send)
        .onErrorResume(
            error -> {
              failed("a notice for " + target + " could not be noted; it is tried again", error);
              return Mono.empty();
            })
        .defaultIfEmpty(false);
  }

  private Mono<Boolean> send(Notice notice) {
    return Blocking.call(() -> target(notice.target()))
        .flatMap(
            target -> post.send(target, (ObjectNode) StoredJson.MAPPER.readTree(notice.body())))
        .thenReturn(true)
        .onErrorResume(error -> settled(() -> again(notice, error)).thenReturn(false))
        .flatMap(
            sent ->
                sent
                    ? settled(() -> store.end(notice, State.SENT, null, clock.instant()))
                        .thenReturn(true)
                    : Mono.just(false));
  }

  private NotifyTarget target(String name) {
    return targets.get().stream()
        .filter(target -> target.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new UsageException("there is no such target", null));
  }

  private static Mono<Void> settled(Runnable note) {
    return Blocking.run(note::run);
  }

  private void again(Notice notice, Throwable error) {
    String why = NoticePost.why(error);
    Instant now = clock.instant();
    if (notice.madeAt().plus(TRIED_FOR).isBefore(now)) {
      LOG.warn("a notice for {} is given up after a day: {}", notice.target(), why);
      store.end(notice, State.FAILED, why, now);
    } else {
      store.later(notice, why, now.plus(BACKOFF.before(notice.attempts() + 1)));
    }
  }

  private static void failed(String what, Throwable error) {
    if (Database.isAway(error)) {
      LOG.debug(what, error);
    } else {
      LOG.warn(what, error);
    }
  }
}
