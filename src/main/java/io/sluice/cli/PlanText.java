package io.sluice.cli;

import io.sluice.pipeline.imports.ImportRequest;
import io.sluice.pipeline.imports.PlanSummary;
import io.sluice.report.Action;
import java.util.StringJoiner;
import tools.jackson.databind.node.ObjectNode;

/** Puts a plan into one line for people, and into JSON for scripts. */
final class PlanText {
  private PlanText() {}

  static String of(PlanSummary plan, ImportRequest request) {
    StringJoiner text = new StringJoiner(", ", "plan: ", "");
    add(text, plan.of(Action.CREATE), "to create");
    add(text, plan.of(Action.UPDATE), "to update");
    add(text, plan.of(Action.DELETE), "to delete");
    add(text, plan.unchanged(), "unchanged");
    add(text, plan.skipped(), "skipped");
    add(text, plan.failed(), "cannot be planned");
    add(text, plan.invalid(), "invalid");
    add(text, plan.finished(), "done before");
    if (plan.total() == 0) {
      return (text.length() == "plan: ".length() ? "plan: nothing" : text)
          + "; no request that changes anything";
    }
    long seconds = plan.time().toSeconds();
    String time =
        seconds == 0
            ? ", which the quota allows at once"
            : ", which the quota allows in " + Shown.span(plan.time().toMillis());
    String how = plan.batched().isEmpty() ? "row by row" : "in batches";
    return text
        + "; "
        + Shown.count(plan.requests())
        + (plan.requests() == 1 ? " request " : " requests ")
        + how
        + time;
  }

  static ObjectNode json(PlanSummary plan) {
    ObjectNode root = Json.MAPPER.createObjectNode();
    root.put("account_rows", plan.accountRows());
    root.put("create", plan.of(Action.CREATE));
    root.put("update", plan.of(Action.UPDATE));
    root.put("delete", plan.of(Action.DELETE));
    root.put("unchanged", plan.unchanged());
    root.put("skipped", plan.skipped());
    root.put("failed", plan.failed());
    root.put("invalid", plan.invalid());
    root.put("requests", plan.requests());
    root.put("seconds", plan.time().toMillis() / 1000.0);
    return root;
  }

  private static void add(StringJoiner text, long count, String what) {
    if (count > 0) {
      text.add(Shown.count(count) + " " + what);
    }
  }
}
