package io.sluice.server.api;

import io.sluice.catalog.Catalog;
import io.sluice.flow.Blocking;
import io.sluice.flow.quota.QuotaStatus;
import io.sluice.format.OptionNames;
import io.sluice.job.work.JobEnvironment;
import io.sluice.pipeline.AccountProbe;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.Diagnosis;
import io.sluice.pipeline.Failure;
import io.sluice.pipeline.StopSignal;
import io.sluice.snapshot.Unavailable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Looks whether an account can be reached, and how much it holds: one call a resource. */
final class AccountLook {
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final Duration OFTEN = Duration.ofMillis(200);
  private static final Duration SOON = Duration.ofSeconds(2);

  private final JobEnvironment environment;
  private final String profile;

  AccountLook(JobEnvironment environment, String profile) {
    this.environment = environment;
    this.profile = profile;
  }

  /** The findings. That nothing can be reached is a finding, too. */
  Mono<ObjectNode> look() {
    return Blocking.using(this::open, AccountLook::look, AccountSession::close)
        .timeout(LONGEST)
        .onErrorResume(error -> Mono.just(unreachable(error)));
  }

  /** Does not wait for quota: that there is none is what is found. */
  private static Mono<ObjectNode> look(AccountSession session) {
    return AccountProbe.kinds(session)
        .takeUntilOther(Flux.interval(OFTEN).filter(tick -> waits(session)).next())
        .collectList()
        .map(kinds -> found(session, kinds));
  }

  private static boolean waits(AccountSession session) {
    return session.quota().delay().compareTo(SOON) > 0;
  }

  private AccountSession open() {
    return environment.open(profile, LONGEST, event -> {}, new StopSignal());
  }

  private static ObjectNode found(AccountSession session, List<AccountProbe.Kind> kinds) {
    boolean usedUp = kinds.size() < Catalog.resources().size();
    Failure refused = kinds.isEmpty() ? null : kinds.get(0).failure();
    if (refused != null && kinds.stream().allMatch(kind -> kind.reason() != null)) {
      return unreachable(refused);
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    QuotaStatus quota = session.quota();
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
    for (AccountProbe.Kind kind : kinds) {
      kind(json.withArray("resources").addObject(), kind);
    }
    return json;
  }

  /** What an account does not offer is no fault of it; what it refuses is one. */
  private static void kind(ObjectNode json, AccountProbe.Kind kind) {
    Unavailable lacking = kind.unavailable();
    json.put("resource", kind.resource().slug())
        .put("count", kind.rows())
        .put("unavailable", lacking == null ? null : lacking.reason());
    Failure failure = kind.failure();
    if (failure == null) {
      json.putNull("problem");
    } else {
      ProfileRoutes.problem(json, failure.code(), failure.message(), failure.hint());
    }
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
    return error instanceof TimeoutException
        ? unreachable("unavailable", "the account did not answer in time", null)
        : unreachable(Diagnosis.of(error, OptionNames.API));
  }

  private static ObjectNode unreachable(Failure failure) {
    return unreachable(failure.code(), failure.message(), failure.hint());
  }

  private static ObjectNode unreachable(String code, String message, @Nullable String hint) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("reachable", false);
    json.put("state", "unreachable");
    ProfileRoutes.problem(json, code, message, hint);
    json.putNull("quota");
    json.putArray("resources");
    return json;
  }
}
