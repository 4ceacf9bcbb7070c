package io.sluice.cli.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.cli.Console;
import io.sluice.cli.option.OutputOptions;
import io.sluice.cli.progress.TransferDisplay;
import io.sluice.cli.text.PlanText;
import io.sluice.cli.text.PlannedChanges;
import io.sluice.cli.text.Printable;
import io.sluice.cli.text.Terminals;
import io.sluice.config.UsageException;
import io.sluice.flow.Blocking;
import io.sluice.pipeline.imports.Confirmation;
import io.sluice.pipeline.imports.ImportRequest;
import io.sluice.pipeline.imports.PlanSummary;
import io.sluice.pipeline.transfer.SnapshotImport;
import io.sluice.plan.Mode;
import io.sluice.report.Action;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;

/** Asks the person at the terminal before anything is deleted. */
public final class Confirming {
  private Confirming() {}

  /**
   * The way to get a plan confirmed.
   *
   * @param file the name of the input
   * @param changes knows what the plan would delete
   * @throws UsageException if it needs a confirmation and there is no terminal to give it on
   */
  public static Confirmation of(
      Console console,
      OutputOptions output,
      ImportRequest request,
      String file,
      PlannedChanges changes) {
    if (!needed(output, request.mode(), request.dryRun())) {
      return Confirmation.given();
    }
    requireTerminal(console, output, request.mode(), request.dryRun(), file);
    return plans ->
        Blocking.call(() -> ask(console, plans.get(0), changes))
            .doOnCancel(() -> console.err().println());
  }

  /**
   * The way to get the plans of several parts confirmed, all at once.
   *
   * @throws UsageException if it needs a confirmation and there is no terminal to give it on
   */
  static Confirmation ofParts(
      Console console,
      OutputOptions output,
      List<SnapshotImport.Part> parts,
      TransferDisplay display) {
    ImportRequest any = parts.get(0).request();
    if (!needed(output, any.mode(), any.dryRun())) {
      return Confirmation.given();
    }
    requireTerminal(console, output, any.mode(), any.dryRun(), "");
    List<String> keys = new ArrayList<>();
    return plans ->
        Blocking.call(
                () -> {
                  parts.forEach(
                      part ->
                          keys.addAll(display.changes(part.request().resource()).firstDeletes()));
                  long deletes = plans.stream().mapToLong(plan -> plan.of(Action.DELETE)).sum();
                  long records = plans.stream().mapToLong(PlanSummary::accountRows).sum();
                  return deletes == 0
                      || typed(console, deletes, records, keys, PlanText.deletesOf(plans));
                })
            .doOnCancel(() -> console.err().println());
  }

  /**
   * Refuses a run that may need a confirmation where there is no terminal to give it on.
   *
   * @param file the name of the input; - takes standard input, so no answer can be read from it
   */
  public static void requireTerminal(
      Console console, OutputOptions output, Mode mode, boolean dryRun, String file) {
    boolean terminal = Terminals.isTerminal(Terminals.STDIN) && console.terminal();
    boolean asks = terminal && !file.equals("-") && !console.json();
    if (needed(output, mode, dryRun) && !asks) {
      throw new UsageException(
          "this may delete records, and there is no terminal to confirm that on",
          "look at the plan with --dry-run, then add --yes");
    }
  }

  private static boolean needed(OutputOptions output, Mode mode, boolean dryRun) {
    return mode.deletes() && !dryRun && !output.yes.get();
  }

  private static boolean ask(Console console, PlanSummary plan, PlannedChanges changes)
      throws IOException {
    long deletes = plan.of(Action.DELETE);
    if (deletes == 0) {
      return true;
    }
    if (console.quiet()) {
      PlanText.of(plan).forEach(console.err()::println);
    }
    return typed(console, deletes, plan.accountRows(), changes.firstDeletes(), List.of());
  }

  private static boolean typed(
      Console console, long deletes, long records, List<String> firstKeys, List<String> owners)
      throws IOException {
    question(deletes, records, firstKeys).forEach(console.err()::println);
    owners.forEach(console.err()::println);
    String answer = "delete " + deletes;
    console.err().print("Type '" + answer + "' to go on: ");
    console.err().flush();
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    String typed = in.readLine();
    return typed != null && answer.equals(typed.strip());
  }

  /** What is going to be deleted. */
  public static List<String> question(long deletes, long records, List<String> first) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "To be deleted: "
            + Printable.count(deletes)
            + " of the account's "
            + Printable.count(records)
            + " records");
    first.forEach(key -> lines.add("  " + Printable.safe(key)));
    if (deletes > first.size()) {
      lines.add(
          "  and " + Printable.count(deletes - first.size()) + " more; --dry-run shows them all");
    }
    return lines;
  }
}
