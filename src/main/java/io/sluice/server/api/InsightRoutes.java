package io.sluice.server.api;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.flow.Blocking;
import io.sluice.job.Job;
import io.sluice.job.Jobs;
import io.sluice.job.Made;
import io.sluice.job.spec.InsightSpec;
import io.sluice.job.store.RequestKey;
import io.sluice.job.work.InsightWork;
import io.sluice.job.work.JobEnvironment;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.ScratchDirectory;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.insight.history.Change;
import io.sluice.pipeline.insight.history.History;
import io.sluice.pipeline.insight.history.HistoryRequest;
import io.sluice.pipeline.insight.history.HistorySummary;
import io.sluice.pipeline.insight.lint.LintRule;
import io.sluice.pipeline.insight.lint.RulePage;
import io.sluice.server.http.Access;
import io.sluice.server.http.Answer;
import io.sluice.server.http.Content;
import io.sluice.server.http.Exchange;
import io.sluice.server.http.FewAtOnce;
import io.sluice.server.http.Handler;
import io.sluice.server.http.Json;
import io.sluice.server.http.Problem;
import io.sluice.server.http.ProblemException;
import io.sluice.server.http.RequestKeyHeader;
import io.sluice.server.http.Route;
import io.sluice.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Answers about lists: about snapshots at once; about live accounts a job finds it out. */
public final class InsightRoutes {
  private static final int AT_ONCE = 2;
  private static final int CHANGES = 5_000;

  private final Jobs jobs;
  private final JobEnvironment environment;
  private final JobJson json;
  private final FewAtOnce atOnce = new FewAtOnce(AT_ONCE, "other lists are being looked at");

  public InsightRoutes(Jobs jobs, JobEnvironment environment, JobJson json) {
    this.jobs = jobs;
    this.environment = environment;
    this.json = json;
  }

  private record Linted(
      String source, @Nullable List<String> resources, @Nullable List<String> ignore) {}

  private record Explained(
      String source,
      @Nullable List<String> resources,
      @Nullable String sender,
      @Nullable String domain,
      @Nullable String ip,
      @Nullable String recipient) {}

  private record HistoryAsked(
      String account,
      @Nullable List<String> resources,
      @Nullable String key,
      @Nullable String since) {}

  public List<Route> routes() {
    return List.of(
        Route.get("/v1/insights/rules", Access.VIEWER, Handler.blocking(exchange -> rules())),
        Route.post("/v1/insights/lint", Access.OPERATOR, this::lint)
            .audited("job.submit")
            .once()
            .with(Content.JSON),
        Route.post("/v1/insights/explain", Access.OPERATOR, this::explain)
            .audited("job.submit")
            .once()
            .with(Content.JSON),
        Route.post("/v1/insights/history", Access.VIEWER, this::history).with(Content.JSON));
  }

  private static Answer rules() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ArrayNode items = root.putArray("items");
    for (LintRule rule : LintRule.values()) {
      items
          .addObject()
          .put("id", rule.id())
          .put("severity", rule.severity().label())
          .put("finds", rule.finds())
          .put("why", RulePage.section(rule, RulePage.WHY))
          .put("to_do", RulePage.section(rule, RulePage.TO_DO));
    }
    return Answer.Json.ok(root);
  }

  private Mono<Answer> lint(Exchange exchange) {
    return exchange
        .body(Linted.class)
        .flatMap(
            wanted ->
                answer(
                    exchange,
                    new InsightSpec(
                        InsightSpec.LINT,
                        wanted.source(),
                        wanted.resources(),
                        wanted.ignore(),
                        null,
                        null,
                        null,
                        null)));
  }

  private Mono<Answer> explain(Exchange exchange) {
    return exchange
        .body(Explained.class)
        .flatMap(
            wanted -> {
              return answer(
                  exchange,
                  new InsightSpec(
                      InsightSpec.EXPLAIN,
                      wanted.source(),
                      wanted.resources(),
                      null,
                      wanted.sender(),
                      wanted.domain(),
                      wanted.ip(),
                      wanted.recipient()));
            });
  }

  /** Checking may load classes from files, as the library of IP addresses does. */
  private Mono<Answer> answer(Exchange exchange, InsightSpec spec) {
    return Blocking.run(() -> SpecValues.check(spec))
        .then(Mono.defer(() -> checked(exchange, spec)));
  }

  private Mono<Answer> checked(Exchange exchange, InsightSpec spec) {
    if (spec.profile().isEmpty()) {
      return here(
          scratch -> new InsightWork(spec, environment).ofSnapshot(scratch, new StopSignal()));
    }
    return Blocking.call(
        () -> {
          RequestKey key = RequestKeyHeader.of(exchange, Json.MAPPER.writeValueAsString(spec));
          Made<Job> made = jobs.submit(spec, exchange.caller().name(), key);
          return json.made(made);
        });
  }

  private Mono<Answer> history(Exchange exchange) {
    return exchange
        .body(HistoryAsked.class)
        .flatMap(
            wanted -> {
              List<Resource> resources = resources(wanted.resources());
              Instant since = since(wanted.since());
              if (wanted.key() != null && wanted.key().isBlank()) {
                throw bad("key is blank; leave it out for every record");
              }
              return here(scratch -> history(wanted, resources, since, scratch));
            });
  }

  private Mono<ObjectNode> history(
      HistoryAsked wanted, List<Resource> resources, @Nullable Instant since, Path scratch) {
    return Mono.fromCallable(
            () -> {
              List<Snapshot> snapshots = snapshots(wanted.account());
              HistoryRequest.requireHeld("of that account", snapshots, resources);
              return new HistoryRequest(
                  snapshots,
                  environment.files().snapshotFaults(wanted.account()),
                  resources,
                  wanted.key(),
                  since);
            })
        .flatMap(
            request -> {
              Kept kept = new Kept();
              return History.of(request, scratch, new StopSignal(), kept).map(kept::json);
            });
  }

  private List<Snapshot> snapshots(String account) throws IOException {
    List<Snapshot> snapshots =
        environment.files().snapshots().stream()
            .filter(one -> one.manifest().accountId().equals(account))
            .toList();
    if (snapshots.isEmpty()) {
      throw Problem.of(422, "no_snapshots", "there is no snapshot of that account").exception();
    }
    if (snapshots.stream().map(one -> one.manifest().baseUrl()).distinct().count() > 1) {
      throw Problem.of(422, "several_accounts", "snapshots of that account are of several APIs")
          .exception();
    }
    return HistoryRequest.inOrder(snapshots);
  }

  /** Does something with files that are here, a few at a time. */
  private Mono<Answer> here(Function<Path, Mono<ObjectNode>> work) {
    return atOnce.run(
        () ->
            Blocking.using(
                () -> ScratchDirectory.temporary("insight"),
                scratch -> work.apply(scratch.directory()).map(Answer.Json::ok),
                scratch -> Blocking.run(scratch::close)));
  }

  private static List<Resource> resources(@Nullable List<String> names) {
    SpecValues.resources(names);
    return names == null ? List.of() : names.stream().map(Catalog::get).toList();
  }

  private @Nullable Instant since(@Nullable String text) {
    try {
      Instant since = text == null ? null : OffsetDateTime.parse(text).toInstant();
      if (since != null && since.isAfter(environment.clock().instant())) {
        throw bad("since: that time lies in the future");
      }
      return since;
    } catch (DateTimeException unreadable) {
      throw bad("since: it is not a time in RFC 3339");
    }
  }

  private static ProblemException bad(String detail) {
    return Problem.of(400, "bad_property", detail).exception();
  }

  /** Keeps the first changes; of more it says that there are. */
  private static final class Kept implements Consumer<RunEvent> {
    private final ArrayNode changes = JsonNodeFactory.instance.arrayNode();
    private final List<String> warnings = Collections.synchronizedList(new ArrayList<>());
    private boolean more;

    @Override
    public void accept(RunEvent event) {
      if (event instanceof RunEvent.RecordChanged changed) {
        keep(changed.change());
      } else if (event instanceof RunEvent.Warning warning) {
        warnings.add(warning.text());
      }
    }

    private void keep(Change change) {
      if (changes.size() < CHANGES) {
        changes.add(change.json());
      } else {
        more = true;
      }
    }

    ObjectNode json(HistorySummary summary) {
      ObjectNode root = JsonNodeFactory.instance.objectNode();
      root.set("changes", changes);
      root.put("more", more);
      root.setAll(summary.json(warnings));
      return root;
    }
  }
}
