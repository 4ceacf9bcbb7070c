package io.sluice.server.api;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.flow.Blocking;
import io.sluice.flow.quota.QuotaStatus;
import io.sluice.job.work.JobEnvironment;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.transfer.ExpiredRecords;
import io.sluice.pipeline.transfer.ExpiringRecords;
import io.sluice.server.http.Access;
import io.sluice.server.http.Answer;
import io.sluice.server.http.Exchange;
import io.sluice.server.http.FewAtOnce;
import io.sluice.server.http.Handler;
import io.sluice.server.http.Parameter;
import io.sluice.server.http.Problem;
import io.sluice.server.http.Route;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The records of an account that end soon, and the feeds that lists are kept equal to. */
public final class ExpiringRoutes {
  private static final Duration LONGEST = Duration.ofSeconds(55);

  /** A window that ends so soon delays no job. */
  private static final Duration SHORT = Duration.ofSeconds(5);

  private static final int AT_ONCE = 4;

  private static final int SOON_DAYS = 30;
  private static final int MOST_DAYS = 3650;

  private final FewAtOnce atOnce = new FewAtOnce(AT_ONCE, "other accounts are being read");
  private final JobEnvironment environment;

  public ExpiringRoutes(JobEnvironment environment) {
    this.environment = environment;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/v1/profiles/{name}/expiring", Access.VIEWER, this::expiring)
            .taking(
                Parameter.whole("days", 0, MOST_DAYS), Parameter.ruled("resource", Catalog::get)),
        Route.get("/v1/feeds", Access.VIEWER, Handler.blocking(exchange -> feeds())));
  }

  private Answer feeds() {
    return ItemPage.whole(
        environment.accounts().feeds().stream().map(name -> Map.of("name", name)));
  }

  private Mono<Answer> expiring(Exchange exchange) {
    String name = exchange.path("name");
    String days = exchange.query("days");
    String slug = exchange.query("resource");
    LocalDate today = LocalDate.ofInstant(environment.clock().instant(), ZoneOffset.UTC);
    LocalDate until = today.plusDays(days == null ? SOON_DAYS : Integer.parseInt(days));
    List<Resource> resources =
        Catalog.resources().stream()
            .filter(ExpiredRecords::canExpire)
            .filter(resource -> slug == null || Catalog.get(slug).equals(resource))
            .toList();
    return Blocking.call(() -> environment.accounts().names().contains(name))
        .flatMap(
            known ->
                known
                    ? listed(name, until, resources)
                    : Mono.error(Problem.missing("there is no such profile").exception()))
        .map(found -> Answer.Json.ok(json(found, today, until)));
  }

  private Mono<ExpiringRecords.Found> listed(
      String profile, LocalDate until, List<Resource> resources) {
    return atOnce.run(() -> look(profile, until, resources));
  }

  private Mono<ExpiringRecords.Found> look(
      String profile, LocalDate until, List<Resource> resources) {
    return Blocking.using(
            () -> environment.open(profile, LONGEST, event -> {}, new StopSignal()),
            session -> {
              requireQuota(session.quota());
              return ExpiringRecords.until(until, resources, session);
            },
            AccountSession::close)
        .timeout(LONGEST);
  }

  /** Requests of viewers leave jobs half of the quota. */
  private static void requireQuota(QuotaStatus quota) {
    Long left = quota.remaining();
    Long all = quota.quota();
    Duration reset = quota.reset();
    if (left != null
        && all != null
        && reset != null
        && reset.compareTo(SHORT) > 0
        && left < all / 2) {
      throw Problem.of(
              503,
              "quota_used_up",
              "more than half of the account's quota of requests is used, and jobs go first",
              "try again in " + (reset.toSeconds() + 1) + " s")
          .with("Retry-After", Long.toString(reset.toSeconds() + 1))
          .exception();
    }
  }

  private static ObjectNode json(ExpiringRecords.Found found, LocalDate today, LocalDate until) {
    ObjectNode page = JsonNodeFactory.instance.objectNode();
    page.put("today", today.toString());
    page.put("until", until.toString());
    page.put("total", found.total());
    page.putArray("items");
    for (ExpiringRecords.Item item : found.items()) {
      page.withArray("items")
          .addObject()
          .put("resource", item.resource())
          .put("id", item.id())
          .put("key", item.key())
          .put("owner", item.owner())
          .put("expires", item.expires().toString())
          .put("comment", item.comment());
    }
    page.putNull("next");
    return page;
  }
}
