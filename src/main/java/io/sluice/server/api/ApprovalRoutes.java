package io.sluice.server.api;

import io.sluice.job.Jobs;
import io.sluice.server.http.Access;
import io.sluice.server.http.Answer;
import io.sluice.server.http.Content;
import io.sluice.server.http.Exchange;
import io.sluice.server.http.Handler;
import io.sluice.server.http.Problem;
import io.sluice.server.http.Route;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decisions on plans that wait, for approvers. */
public final class ApprovalRoutes {
  private static final int LONGEST = 500;
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  private final Jobs jobs;
  private final JobJson json;

  public ApprovalRoutes(Jobs jobs, JobJson json) {
    this.jobs = jobs;
    this.json = json;
  }

  /**
   * A decision as it is asked for.
   *
   * @param planSha256 the plan that was looked at; null if that is not said
   */
  private record Asked(String reason, @Nullable String planSha256) {}

  /** The decision about a plan. */
  @FunctionalInterface
  private interface Decision {
    void of(String id, String by, String reason, @Nullable String plan);
  }

  public List<Route> routes() {
    return List.of(
        route("approve", jobs.decisions()::approve), route("reject", jobs.decisions()::reject));
  }

  private Route route(String name, Decision decision) {
    return Route.post(
            "/v1/jobs/{id}/" + name,
            Access.APPROVER,
            Handler.blocking(Asked.class, (exchange, asked) -> decided(exchange, asked, decision)))
        .with(Content.JSON)
        .audited("job." + name);
  }

  private Answer decided(Exchange exchange, Asked asked, Decision decision) throws IOException {
    require(asked);
    String reason = asked.reason().strip();
    decision.of(exchange.path("id"), exchange.caller().name(), reason, asked.planSha256());
    Answer answer = new Answer.Json(202, json.of(json.job(exchange)), Map.of());
    return new Answer.Noted(answer, reason);
  }

  private static void require(Asked asked) {
    String reason = asked.reason().strip();
    String plan = asked.planSha256();
    if (reason.isEmpty() || reason.length() > LONGEST) {
      throw Problem.of(
              400, "bad_property", "reason: it says why, in 1 to " + LONGEST + " characters")
          .exception();
    } else if (plan != null && !DIGEST.matcher(plan).matches()) {
      throw Problem.of(400, "bad_property", "plan_sha256: it is a SHA-256 in hex").exception();
    }
  }
}
