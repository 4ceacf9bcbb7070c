package io.sluice.cli.run;

import io.sluice.cli.Console;
import io.sluice.cli.text.CauseText;
import io.sluice.cli.text.DeletesText;
import io.sluice.cli.text.FailureText;
import io.sluice.cli.text.FaultList;
import io.sluice.cli.text.Json;
import io.sluice.cli.text.PlanText;
import io.sluice.cli.text.PlannedChanges;
import io.sluice.cli.text.Printable;
import io.sluice.cli.text.RewrittenList;
import io.sluice.cli.text.SavedPlanText;
import io.sluice.pipeline.Failure;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.imports.ImportResult;
import io.sluice.pipeline.imports.PlanSummary;
import io.sluice.report.Counts;
import io.sluice.report.ExitCode;
import io.sluice.report.FailureCause;
import io.sluice.report.Outcome;
import io.sluice.report.Summary;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells how an import ended.
 *
 * @param command what the run is called
 * @param changes what a dry run would change
 * @param faults what is wrong with the input
 * @param rewritings how the input's patterns were rewritten
 * @param next what to do now
 * @param saved where the plan was saved; null if it was not
 */
public record ImportSummary(
    ImportResult result,
    String command,
    PlannedChanges changes,
    FaultList faults,
    RewrittenList rewritings,
    NextStep next,
    RunEvent.@Nullable PlanSaved saved,
    long millis) {
  private static final int CAUSES_SHOWN = 5;
  private static final Set<Outcome> CHANGED =
      Set.of(Outcome.CREATED, Outcome.UPDATED, Outcome.DELETED);

  /** What the process ends with. */
  public int exit() {
    return result.summary().exit().number();
  }

  /** Prints it. */
  public void print(Console console) {
    result.warnings().forEach(console::warn);
    if (console.json()) {
      console.result(json());
      return;
    }
    boolean refused = result.summary().exit() == ExitCode.REFUSED;
    if (refused || result.summary().dryRun()) {
      rewritings.lines("; the report has all of them").forEach(console::detail);
    }
    if (refused) {
      refusal(console);
    } else if (result.summary().dryRun()) {
      rehearsal(console);
    } else {
      outcomes(console);
    }
    wrong(console);
    console.detail(Printable.safe("report: " + result.summary().files().get("report")));
    Failure failure = result.failure();
    if (failure != null) {
      console.err().print(FailureText.plain(failure, console.errAnsi()));
    }
    SavedPlanText.of(saved, next.applied(saved)).forEach(console::detail);
    next.lines().forEach(line -> tell(console, line));
  }

  /** With --quiet only if something is wrong. */
  private void tell(Console console, String line) {
    if (result.summary().exit() == ExitCode.OK) {
      console.detail(Printable.safe(line));
    } else {
      console.say(Printable.safe(line));
    }
  }

  private void refusal(Console console) {
    if (result.plan() != null && result.summary().dryRun()) {
      PlanText.of(result.plan()).forEach(console::say);
      lint(result.plan()).forEach(console::say);
    }
    long invalid = result.summary().counts().of(Outcome.INVALID);
    String bad = invalid == 0 ? "" : ", " + Printable.count(invalid) + " of them invalid";
    console.detail(size() + bad + "; nothing was changed");
  }

  private void rehearsal(Console console) {
    if (result.plan() != null) {
      PlanText.of(result.plan()).forEach(console::detail);
      lint(result.plan()).forEach(console::detail);
    }
    List<String> spared = DeletesText.spared(result.summary());
    if (!spared.isEmpty()) {
      console.detail(unnamed(spared));
    }
    console.detail(
        size()
            + "; nothing was changed: this was a dry run"
            + (saved != null || result.plan() == null || result.plan().total() == 0
                ? ""
                : "; run it without --dry-run to make the changes"));
  }

  private static List<String> lint(PlanSummary plan) {
    return plan.lint() == null ? List.of() : PlanText.lint(plan.lint(), true);
  }

  private void outcomes(Console console) {
    Summary summary = result.summary();
    console.detail(size() + ", " + Printable.count(summary.requests(), "request"));
    counts(console, summary.counts());
    if (summary.heldBy() > 0) {
      console.detail(
          "left to their owners: " + Printable.count(summary.heldBy()) + " of the skipped rows");
    }
    if (summary.deletes().total() > 0) {
      console.detail(unnamed(DeletesText.of(summary)));
    }
  }

  private static String unnamed(List<String> deletes) {
    return "records that the file does not name: "
        + String.join(", ", deletes).replaceFirst("^plus ", "");
  }

  private String size() {
    long rows = result.summary().rows();
    return Printable.count(rows, "row") + " in " + Printable.span(millis);
  }

  private static void counts(Console console, Counts counts) {
    for (Map.Entry<Outcome, Long> entry : counts.byOutcome().entrySet()) {
      if (entry.getValue() > 0) {
        boolean bad = entry.getKey().remains();
        String line =
            String.format(
                Locale.ROOT,
                "  %-12s %10s",
                entry.getKey().label(),
                Printable.count(entry.getValue()));
        if (bad) {
          console.say(console.style("fg(red)", line));
        } else {
          boolean done = CHANGED.contains(entry.getKey());
          console.detail(done ? console.style("fg(green)", line) : line);
        }
      }
    }
  }

  private void wrong(Console console) {
    faults.lines().forEach(console::say);
    List<FailureCause> causes =
        result.summary().failures().stream()
            .filter(cause -> cause.outcome() != Outcome.INVALID || !faults.tellsOf(cause.row()))
            .toList();
    Failure failure = result.failure();
    String end = failure == null ? null : failure.message();
    causes.stream().limit(CAUSES_SHOWN).forEach(cause -> console.say(CauseText.of(cause, end)));
    if (causes.size() > CAUSES_SHOWN) {
      console.say("and further causes: see the report");
    }
  }

  /** For scripts. */
  public ObjectNode json() {
    ObjectNode root = Json.MAPPER.createObjectNode();
    root.put("command", command);
    root.setAll(result.summary().json());
    root.put("duration_ms", millis);
    root.put("results", result.directory().toString());
    if (result.plan() != null) {
      root.set("plan", result.plan().json());
    }
    if (rewritings.count() > 0) {
      root.set("rewritings", rewritings.json());
    }
    if (result.summary().dryRun()) {
      root.set("changes", changes.listed());
    }
    SavedPlanText.put(root, saved);
    if (result.safety() != null) {
      root.put("safety_snapshot", result.safety().toString());
    }
    if (result.failure() != null) {
      root.set("error", result.failure().json());
    }
    return root;
  }
}
