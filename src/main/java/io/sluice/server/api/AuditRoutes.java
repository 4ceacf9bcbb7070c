package io.sluice.server.api;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sluice.job.audit.AuditAction;
import io.sluice.job.audit.AuditEntry;
import io.sluice.job.audit.AuditTrail;
import io.sluice.server.http.Access;
import io.sluice.server.http.Answer;
import io.sluice.server.http.Exchange;
import io.sluice.server.http.Handler;
import io.sluice.server.http.Json;
import io.sluice.server.http.Parameter;
import io.sluice.server.http.Route;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The audit trail, for operators. */
public final class AuditRoutes {
  private static final int MOST = 500;
  private static final int STANDARD = 100;
  private static final String EXPORT = "audit.export";

  private final AuditTrail trail;
  private final List<String> actions;

  /**
   * @param others all other routes, whose actions the trail holds
   */
  public AuditRoutes(AuditTrail trail, List<Route> others) {
    this.trail = trail;
    this.actions =
        Stream.concat(
                others.stream().map(Route::audit).filter(Objects::nonNull),
                Stream.concat(Stream.of(EXPORT), AuditAction.BESIDE_REQUESTS.stream()))
            .distinct()
            .sorted()
            .toList();
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/v1/audit", Access.OPERATOR, Handler.blocking(this::list))
            .taking(
                Parameter.text("actor"),
                Parameter.choice("action", actions),
                Parameter.text("job"),
                Parameter.whole("before", 1, Long.MAX_VALUE),
                Parameter.whole("limit", 1, MOST)),
        Route.get("/v1/audit/export", Access.OPERATOR, exchange -> Mono.just(export()))
            .audited(EXPORT));
  }

  private Answer list(Exchange exchange) {
    int limit = exchange.number("limit", STANDARD);
    String before = exchange.query("before");
    List<AuditEntry> found =
        trail.latest(
            before == null ? null : (Long) Long.parseLong(before),
            exchange.query("actor"),
            exchange.query("action"),
            exchange.query("job"),
            limit);
    String next = found.size() < limit ? null : Long.toString(found.get(limit - 1).number());
    return Answer.Json.ok(new ItemPage(found.stream().map(AuditEntry::json).toList(), next));
  }

  /** Every entry, the oldest first, a line each. */
  private Answer export() {
    Flux<ByteBuf> lines =
        Flux.<List<AuditEntry>, Long>generate(
                () -> 0L,
                (last, sink) -> {
                  List<AuditEntry> some = trail.following(last);
                  if (some.isEmpty()) {
                    sink.complete();
                    return last;
                  }
                  sink.next(some);
                  return some.get(some.size() - 1).number();
                })
            .subscribeOn(Schedulers.boundedElastic())
            .map(AuditRoutes::bytes);
    return new Answer.Streamed(
        "application/x-ndjson",
        lines,
        Map.of("Content-Disposition", "attachment; filename=\"audit.jsonl\""));
  }

  private static ByteBuf bytes(List<AuditEntry> entries) {
    StringBuilder text = new StringBuilder();
    for (AuditEntry entry : entries) {
      text.append(Json.MAPPER.writeValueAsString(entry.json())).append('\n');
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    return ByteBufAllocator.DEFAULT.buffer(bytes.length).writeBytes(bytes);
  }
}
