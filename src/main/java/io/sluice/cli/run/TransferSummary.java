package io.sluice.cli.run;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.cli.Console;
import io.sluice.cli.progress.TransferDisplay;
import io.sluice.cli.text.CauseText;
import io.sluice.cli.text.DeletesText;
import io.sluice.cli.text.FailureText;
import io.sluice.cli.text.Json;
import io.sluice.cli.text.PlanText;
import io.sluice.cli.text.Printable;
import io.sluice.cli.text.ResourceNames;
import io.sluice.cli.text.SavedPlanText;
import io.sluice.pipeline.Failure;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.imports.ImportResult;
import io.sluice.pipeline.imports.PlanSummary;
import io.sluice.pipeline.transfer.SnapshotImport;
import io.sluice.report.ExitCode;
import io.sluice.report.Outcome;
import io.sluice.report.Summary;
import io.sluice.snapshot.Unavailable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Tells how the import of a snapshot ended, part by part. */
public record TransferSummary(
    Transfer transfer,
    SnapshotImport.Result result,
    TransferDisplay display,
    Path results,
    long millis) {
  private static final int CAUSES_SHOWN = 3;

  private static final Set<ExitCode> RESUMABLE =
      Set.of(ExitCode.INTERRUPTED, ExitCode.NOT_PERMITTED, ExitCode.GAVE_UP, ExitCode.FATE_UNKNOWN);

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
    result.parts().forEach(part -> print(console, part));
    for (Unavailable one : transfer.unavailable()) {
      console.detail(
          Printable.safe(
              String.format(
                  Locale.ROOT,
                  "%s %10s  not changed: the source does not offer it (%s)",
                  ResourceNames.padded(one.resource()),
                  "-",
                  one.reason())));
    }
    causes().forEach(cause -> console.err().print(FailureText.plain(cause, console.errAnsi())));
    moved().forEach(console::warn);
    long rows = result.summary().parts().stream().mapToLong(Summary::rows).sum();
    console.detail(
        Printable.count(rows, "record")
            + " in "
            + Printable.span(millis)
            + ", "
            + Printable.count(result.summary().requests(), "request")
            + (transfer.dryRun() ? rehearsed() : ""));
    RunEvent.PlanSaved saved = display.saved();
    if (saved != null) {
      SavedPlanText.of(saved, applied(saved)).forEach(console::detail);
    }
    console.detail("results: " + Printable.safe(results.toString()));
    if (RESUMABLE.contains(result.summary().exit())) {
      console.say("to go on where this run ended:");
      console.say("  " + Printable.safe(transfer.rerun().resumed(results)));
    } else if (!transfer.dryRun() && of(Outcome.FAILED) + of(Outcome.INVALID) > 0) {
      console.say("fix the cause of what failed (the reports name it), then run the same again:");
      console.say("  " + Printable.safe(transfer.rerun().again()));
    }
    Path safety = result.safety();
    if (safety != null && changed() > 0) {
      console.say("the target's records were saved before the change; " + NextStep.UNDO);
      console.say("  " + Printable.safe(undone(safety)));
    } else if (safety == null && !transfer.dryRun()) {
      boolean well = result.summary().exit() == ExitCode.OK;
      withoutCopy().map(Printable::safe).forEach(well ? console::detail : console::say);
    }
  }

  /** Removes what was created, kind by kind, and says what stays. */
  private Stream<String> withoutCopy() {
    List<String> lines = new ArrayList<>();
    for (ImportResult part : result.parts()) {
      String ids = part.summary().files().get("created");
      if (ids != null) {
        String kind = part.summary().resource().replace('_', '-');
        lines.add("  " + transfer.rerun().deleting(kind, ids, transfer.targetOptions()));
      }
    }
    if (!lines.isEmpty()) {
      lines.add(0, "to delete what was created:");
    }
    if (of(Outcome.UPDATED) > 0) {
      lines.add(NextStep.updatedStays(of(Outcome.UPDATED)));
    }
    return lines.stream();
  }

  private void print(Console console, ImportResult part) {
    Summary summary = part.summary();
    String name = summary.resource().replace('_', '-');
    String line =
        String.format(
            Locale.ROOT,
            "%s %10s  %s",
            ResourceNames.padded(name),
            Printable.count(summary.rows()),
            outcome(part));
    if (summary.exit() == ExitCode.OK) {
      console.detail(line);
    } else {
      console.say(line);
    }
    summary.failures().stream()
        .limit(CAUSES_SHOWN)
        .map(cause -> "  " + CauseText.of(cause, null))
        .forEach(console::say);
    skipped(part).forEach(summary.exit() == ExitCode.OK ? console::detail : console::say);
    if (part.plan() != null) {
      PlanText.owners(part.plan()).forEach(owners -> console.detail("  " + owners));
    }
    if (summary.dryRun() && part.plan() != null) {
      PlanText.leftBehind(part.plan()).forEach(left -> console.detail("  " + left));
      if (part.plan().lint() != null) {
        PlanText.lint(part.plan().lint(), true).forEach(text -> console.detail("  " + text));
      }
    }
  }

  /** A warning for each list that may lack records. */
  private List<String> moved() {
    return transfer.parts().stream()
        .filter(part -> !part.consistent())
        .map(
            part ->
                part.request().resource().slug()
                    + ": the list kept changing while it was read and may lack records; "
                    + "run again when fewer changes are made to the account")
        .toList();
  }

  private List<Failure> causes() {
    return named(result.causes(), result.parts().size());
  }

  /**
   * Why not all was done. A cause that is of one part alone names it, and a refusal names each part
   * whose plan it refuses: two may be refused in the same words.
   *
   * @param causes with the resources of the parts that each stopped
   * @param parts how many there are
   */
  static List<Failure> named(Map<Failure, List<String>> causes, int parts) {
    return causes.entrySet().stream()
        .map(
            cause -> {
              Failure failure = cause.getKey();
              boolean some = cause.getValue().size() == 1 || failure.exit() == ExitCode.REFUSED;
              return parts > 1 && some ? of(cause.getValue(), failure) : failure;
            })
        .toList();
  }

  private static Failure of(List<String> resources, Failure failure) {
    return new Failure(
        failure.exit(),
        failure.code(),
        String.join(", ", resources).replace('_', '-') + ": " + failure.message(),
        failure.hint(),
        failure.httpStatus(),
        failure.ray());
  }

  /** What cannot travel, or is not as it was planned, is no failure, but is reported. */
  private static List<String> skipped(ImportResult part) {
    long rows = part.summary().counts().of(Outcome.SKIPPED);
    if (rows == 0) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "  " + Printable.count(rows) + " skipped: see " + part.summary().files().get("report"));
    if (part.plan() != null) {
      PlanText.skipped(part.plan()).forEach(why -> lines.add("    " + why));
    }
    return lines;
  }

  private static String outcome(ImportResult part) {
    if (part.summary().dryRun() && part.plan() != null) {
      return Stream.concat(
              Stream.of(PlanText.brief(part.plan())), DeletesText.spared(part.summary()).stream())
          .collect(Collectors.joining(", "));
    }
    Summary summary = part.summary();
    List<String> counts = new ArrayList<>();
    summary
        .counts()
        .byOutcome()
        .forEach(
            (outcome, many) -> {
              if (many > 0) {
                counts.add(Printable.count(many) + " " + outcome.label());
              }
            });
    counts.addAll(DeletesText.of(summary));
    return counts.isEmpty() ? "nothing to do" : String.join(", ", counts);
  }

  private String rehearsed() {
    long requests =
        result.parts().stream()
            .map(ImportResult::plan)
            .filter(Objects::nonNull)
            .filter(plan -> plan.total() > 0)
            .mapToLong(PlanSummary::allRequests)
            .sum();
    return "; nothing was changed: this was a dry run"
        + (requests == 0 ? "" : "; the changes take " + Printable.count(requests, "request"));
  }

  /** Brings back what was changed and deleted, and removes what was created. */
  private String undone(Path safety) {
    List<String> more = new ArrayList<>(transfer.targetOptions());
    long created = of(Outcome.CREATED);
    if (created > 0) {
      more.addAll(List.of("--mode", "mirror", "--max-deletes", Long.toString(created)));
    }
    return transfer.rerun().restoring(safety, more);
  }

  private String applied(RunEvent.PlanSaved saved) {
    return transfer.rerun().applying(saved.file(), transfer.targetOptions());
  }

  private long changed() {
    return of(Outcome.CREATED) + of(Outcome.UPDATED) + of(Outcome.DELETED);
  }

  private long of(Outcome outcome) {
    return result.summary().parts().stream()
        .mapToLong(part -> part.counts().of(outcome) + part.deletes().of(outcome))
        .sum();
  }

  private ObjectNode json() {
    ObjectNode root = Json.MAPPER.createObjectNode();
    root.put("command", transfer.command());
    root.setAll(result.summary().json());
    root.put("duration_ms", millis);
    root.put("results", results.toString());
    SavedPlanText.put(root, display.saved());
    if (result.safety() != null) {
      root.put("safety_snapshot", result.safety().toString());
    }
    causes().stream().limit(1).forEach(cause -> root.set("error", cause.json()));
    root.set("unavailable", Unavailable.json(transfer.unavailable()));
    root.putArray("parts");
    for (ImportResult part : result.parts()) {
      ObjectNode node = part.summary().json();
      if (part.plan() != null) {
        node.set("plan", part.plan().json());
      }
      if (part.summary().dryRun()) {
        Resource resource = Catalog.get(part.summary().resource());
        node.set("changes", display.changes(resource).listed());
      }
      if (part.failure() != null) {
        node.set("error", part.failure().json());
      }
      root.withArray("parts").add(node);
    }
    return root;
  }
}
