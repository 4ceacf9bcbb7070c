package io.sluice.server.api;

import io.sluice.config.NotifyTarget;
import io.sluice.job.Made;
import io.sluice.job.notice.Notice;
import io.sluice.job.notice.Notices;
import io.sluice.server.http.Access;
import io.sluice.server.http.Answer;
import io.sluice.server.http.Exchange;
import io.sluice.server.http.Handler;
import io.sluice.server.http.Parameter;
import io.sluice.server.http.RequestKeyHeader;
import io.sluice.server.http.Route;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Notices and the targets that they go to. */
public final class NoticeRoutes {
  private static final int MOST = 500;
  private static final int STANDARD = 100;

  private final Notices notices;

  public NoticeRoutes(Notices notices) {
    this.notices = notices;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/v1/notices", Access.VIEWER, Handler.blocking(this::list))
            .taking(
                Parameter.text("job"),
                Parameter.text("target"),
                Parameter.whole("before", 1, Long.MAX_VALUE),
                Parameter.whole("limit", 1, MOST)),
        Route.get("/v1/notices/targets", Access.VIEWER, Handler.blocking(this::targets)),
        Route.post("/v1/notices/targets/{name}/test", Access.OPERATOR, Handler.blocking(this::test))
            .audited("notice.test")
            .once());
  }

  private Answer list(Exchange exchange) {
    int limit = exchange.number("limit", STANDARD);
    String before = exchange.query("before");
    List<Notice> found =
        notices
            .store()
            .latest(
                exchange.query("job"),
                exchange.query("target"),
                before == null ? Long.MAX_VALUE : Long.parseLong(before),
                limit);
    String next = found.size() < limit ? null : Long.toString(found.get(limit - 1).id());
    return Answer.Json.ok(new ItemPage(found.stream().map(NoticeRoutes::json).toList(), next));
  }

  private Answer targets(Exchange exchange) {
    return ItemPage.whole(notices.targets().stream().map(NoticeRoutes::json));
  }

  private static ObjectNode json(NotifyTarget target) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", target.name()).put("format", target.format());
    target.on().stream().sorted().forEach(json.putArray("on")::add);
    json.put("signed", target.secret() != null).put("detail", target.detail());
    json.put("backup_age", target.backupAge() == null ? null : target.backupAge().toString());
    return json;
  }

  private Answer test(Exchange exchange) {
    Made<Notice> made = notices.test(exchange.path("name"), RequestKeyHeader.of(exchange, ""));
    return new Answer.Json(made.again() ? 200 : 202, json(made.thing()), Map.of());
  }

  private static ObjectNode json(Notice notice) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", Long.toString(notice.id()));
    json.put("target", notice.target());
    json.put("event", notice.event());
    json.put("job", notice.job().isEmpty() ? null : notice.job());
    json.put("profile", notice.event().equals("backup_overdue") ? notice.subject() : null);
    json.put("state", notice.state().label());
    json.put("made_at", notice.madeAt().toString());
    json.put("next_at", notice.state() == Notice.State.WAITING ? notice.nextAt().toString() : null);
    json.put("attempts", notice.attempts());
    json.put("last_error", notice.lastError());
    json.put("ended_at", text(notice.endedAt()));
    return json;
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }
}
