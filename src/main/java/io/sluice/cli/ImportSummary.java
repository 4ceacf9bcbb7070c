package io.sluice.cli;

import io.sluice.pipeline.Failure;
import io.sluice.pipeline.imports.ImportResult;
import io.sluice.report.Counts;
import io.sluice.report.FailureCause;
import io.sluice.report.Outcome;
import io.sluice.report.Summary;
import io.sluice.report.SummaryFile;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells how an import ended.
 *
 * @param changes what a dry run would change
 */
record ImportSummary(ImportResult result, PlannedChanges changes, long millis) {
  private static final int CAUSES_SHOWN = 5;

  /** What the process ends with. */
  int exit() {
    return result.summary().exit().number();
  }

  /** Prints it. */
  void print(Console console) {
    result.warnings().forEach(console::warn);
    if (result.summary().rows() == 0) {
      console.warn("the input has no data row");
    }
    if (console.json()) {
      console.result(json());
    } else {
      text(console);
    }
    Failure failure = result.failure();
    if (failure != null && !console.json()) {
      console.err().print(FailureText.plain(failure));
    }
  }

  private void text(Console console) {
    Summary summary = result.summary();
    counts(console, summary.counts());
    if (summary.deletes().total() > 0) {
      console.detail("not in the file:");
      counts(console, summary.deletes());
    }
    summary.failures().stream().limit(CAUSES_SHOWN).forEach(cause -> console.say(text(cause)));
    console.detail(
        Shown.count(summary.rows())
            + " rows in "
            + Shown.span(millis)
            + ", "
            + Shown.count(summary.requests())
            + " requests");
    String failed = summary.files().get("failed");
    if (failed != null && !summary.dryRun()) {
      console.say("to be mended and imported again: " + failed);
    }
    console.detail("report: " + summary.files().get("report"));
    if (result.safety() != null) {
      console.say(
          "to undo this: sluice import -r "
              + summary.resource().replace('_', '-')
              + " "
              + result.safety());
    }
  }

  private static void counts(Console console, Counts counts) {
    for (Map.Entry<Outcome, Long> entry : counts.byOutcome().entrySet()) {
      if (entry.getValue() > 0) {
        String line =
            String.format(
                Locale.ROOT, "  %-12s %10s", entry.getKey().label(), Shown.count(entry.getValue()));
        boolean bad = entry.getKey().remains();
        if (bad) {
          console.say(line);
        } else {
          console.detail(line);
        }
      }
    }
  }

  private static String text(FailureCause cause) {
    String code = cause.code() == null ? "" : cause.code() + " ";
    String message = cause.message() == null ? "" : cause.message();
    String where = cause.line() == 0 ? "" : "line " + cause.line() + " ";
    return Shown.safe(
        Shown.count(cause.count())
            + " × "
            + cause.outcome().label()
            + ": "
            + code
            + message
            + "  (first: "
            + where
            + cause.key()
            + ")");
  }

  private ObjectNode json() {
    ObjectNode root = Json.MAPPER.createObjectNode();
    root.put("command", "import");
    root.setAll(SummaryFile.json(result.summary()));
    root.put("duration_ms", millis);
    root.put("results", result.directory().toString());
    if (result.plan() != null) {
      root.set("plan", PlanText.json(result.plan()));
    }
    if (result.summary().dryRun()) {
      root.set("changes", changes.listed());
    }
    if (result.safety() != null) {
      root.put("safety_snapshot", result.safety().toString());
    }
    if (result.failure() != null) {
      root.set("error", FailureText.error(result.failure()));
    }
    return root;
  }
}
