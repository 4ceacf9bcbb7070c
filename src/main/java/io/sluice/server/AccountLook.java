package io.sluice.server;

import io.sluice.api.IdFingerprint;
import io.sluice.api.Listing;
import io.sluice.api.Page;
import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.flow.Outage;
import io.sluice.flow.QuotaStatus;
import io.sluice.job.Workbench;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.Diagnosis;
import io.sluice.pipeline.Failure;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.UnavailableException;
import io.sluice.snapshot.Unavailable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Looks whether an account can be reached, and how much it holds: one call a resource. */
final class AccountLook {
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final Duration OFTEN = Duration.ofMillis(200);
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final int AT_ONCE = 3;
  private static final int FEW = 5;

  private final Workbench bench;
  private final String profile;

  AccountLook(Workbench bench, String profile) {
    this.bench = bench;
    this.profile = profile;
  }

  /** How many records of a kind there are, if it is known, or why the account has none to offer. */
  private record Count(Resource resource, Optional<Long> rows, @Nullable Unavailable unavailable) {}

  /** What is found. That nothing can be reached is a finding, too. */
  Mono<ObjectNode> look() {
    return Mono.usingWhen(
            Mono.fromCallable(this::open).subscribeOn(Schedulers.boundedElastic()),
            AccountLook::look,
            AccountSession::close)
        .timeout(LONGEST)
        .onErrorResume(error -> Mono.just(unreachable(error)));
  }

  /** Does not wait for quota: that there is none is what is found. */
  private static Mono<ObjectNode> look(AccountSession session) {
    return counts(session)
        .takeUntilOther(Flux.interval(OFTEN).filter(tick -> waits(session)).next())
        .collectList()
        .map(counts -> found(session, counts))
        .onErrorResume(error -> waits(session), error -> Mono.just(found(session, List.of())));
  }

  private static boolean waits(AccountSession session) {
    return session.quota().delay().compareTo(SOON) > 0;
  }

  private AccountSession open() {
    return bench.open(profile, LONGEST, Outage.Listener.none(), new StopSignal());
  }

  /** One call alone, and then several at once: a wrong password of a proxy is tried just once. */
  private static Flux<Count> counts(AccountSession session) {
    Flux<Resource> all = Flux.fromIterable(Catalog.resources());
    return all.take(1)
        .concatMap(resource -> count(session, resource))
        .concatWith(all.skip(1).flatMapSequential(one -> count(session, one), AT_ONCE));
  }

  private static Mono<Count> count(AccountSession session, Resource resource) {
    Listing listing = Listing.of(resource).perPage(FEW);
    return session
        .client()
        .page(listing, 1, new IdFingerprint(0))
        .map(page -> new Count(resource, total(page), null))
        .onErrorMap(error -> UnavailableException.of(resource, error))
        .onErrorResume(
            UnavailableException.class,
            lacking -> Mono.just(new Count(resource, Optional.empty(), lacking.what())));
  }

  private static Optional<Long> total(Page page) {
    return Optional.ofNullable(page.info().totalCount());
  }

  private static ObjectNode found(AccountSession session, List<Count> counts) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    QuotaStatus quota = session.quota();
    boolean usedUp = counts.size() < Catalog.resources().size();
    json.put("reachable", true);
    json.put("state", usedUp ? "quota_used_up" : "reachable");
    if (usedUp) {
      ProfileRoutes.problem(
          json,
          "quota_used_up",
          "the quota of requests is used up: the next one may go in "
              + Math.max(1, quota.delay().toSeconds())
              + " s",
          "the account and its token are as they were; jobs wait, and go on by themselves");
    } else {
      json.putNull("problem");
    }
    quota(json, quota);
    json.putArray("resources");
    for (Count count : counts) {
      json.withArray("resources")
          .addObject()
          .put("resource", count.resource().slug())
          .put("count", count.rows().orElse(null))
          .put("unavailable", count.unavailable() == null ? null : count.unavailable().reason());
    }
    return json;
  }

  private static void quota(ObjectNode json, QuotaStatus quota) {
    if (quota.quota() == null && quota.delay().isZero()) {
      json.putNull("quota");
      return;
    }
    Duration reset = quota.reset();
    json.putObject("quota")
        .put("remaining", quota.remaining())
        .put("limit", quota.quota())
        .put("reset_seconds", reset == null ? null : (Long) reset.toSeconds())
        .put("delay_seconds", quota.delay().toSeconds());
  }

  private static ObjectNode unreachable(Throwable error) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("reachable", false);
    json.put("state", "unreachable");
    if (error instanceof TimeoutException) {
      ProfileRoutes.problem(json, "unavailable", "the account did not answer in time", null);
    } else {
      Failure failure = Diagnosis.of(error);
      ProfileRoutes.problem(json, failure.code(), failure.message(), failure.hint());
    }
    json.putNull("quota");
    json.putArray("resources");
    return json;
  }
}
