package io.sluice.cli.run;

import io.sluice.api.transport.FeedAddress;
import io.sluice.cli.text.Printable;
import io.sluice.pipeline.Failure;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.imports.ImportResult;
import io.sluice.pipeline.imports.apply.ErrorLimit;
import io.sluice.plan.Mode;
import io.sluice.report.Counts;
import io.sluice.report.ExitCode;
import io.sluice.report.Outcome;
import io.sluice.report.Summary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What to do after an import, in words and as command lines. */
public final class NextStep {
  /** A safety snapshot is of everything that was there. */
  static final String UNDO = "to undo this, and with it what others have changed there since:";

  private static final String STANDARD_INPUT = "-";
  private static final String SKIP_INVALID = "--skip-invalid";
  private static final List<String> PLAN_AGAIN =
      List.of("correct the rows where they come from, then make the plan again");

  private final ImportResult result;
  private final Summary summary;
  private final Rerun rerun;
  private final String file;
  private final boolean mirror;

  /**
   * What follows from a result.
   *
   * @param file the name of the input
   */
  public NextStep(ImportResult result, Rerun rerun, String file) {
    this.result = result;
    this.summary = result.summary();
    this.rerun = rerun;
    this.file = file;
    this.mirror = summary.mode().equals(Mode.MIRROR.label());
  }

  /** How a plan that was saved is carried out. */
  String applied(RunEvent.@Nullable PlanSaved saved) {
    return saved == null ? "" : rerun.applying(saved.file(), List.of());
  }

  /** Nothing if all is well. */
  public List<String> lines() {
    long wrong = of(Outcome.INVALID) + of(Outcome.FAILED);
    long open = of(Outcome.UNKNOWN) + of(Outcome.UNPROCESSED);
    if (summary.dryRun() || summary.exit() == ExitCode.REFUSED) {
      return wrong == 0 ? List.of() : open > 0 ? correctedOfAll(open) : corrected();
    }
    List<String> lines = new ArrayList<>();
    if (open > 0 && !(mirror && wrong > 0)) {
      lines.addAll(resumed(open));
      if (wrong > 0) {
        lines.add("this does not try the failed rows again, and overwrites their file");
      }
    }
    if (wrong > 0) {
      lines.addAll(corrected());
    }
    lines.addAll(undone());
    return lines;
  }

  /** A limit that stopped the run would stop it again: earlier failures count. */
  private List<String> resumed(long open) {
    Failure stopped = result.failure();
    boolean limited = stopped != null && stopped.code().equals(ErrorLimit.CODE);
    String share = limited ? raisedShare() : null;
    String until =
        share != null
            ? ", and stop when more than " + share + " have failed:"
            : limited ? ", and stop after as many further errors:" : ":";
    String limit = share == null ? Long.toString(2 * of(Outcome.FAILED)) : share;
    return List.of(
        Printable.count(open)
            + (open == 1 ? " row is" : " rows are")
            + " left to do; to go on where this run ended"
            + until,
        "  "
            + (limited
                ? rerun.resumed(result.directory(), limit)
                : rerun.resumed(result.directory())));
  }

  /** The share that has failed, and the share that might; null if a number was given. */
  private @Nullable String raisedShare() {
    Double share = rerun.errorShare();
    long tried = summary.rows() - of(Outcome.UNPROCESSED);
    if (share == null || tried == 0) {
      return null;
    }
    long raised = (long) Math.ceil(100.0 * of(Outcome.FAILED) / tried + 100 * share);
    return raised >= 100 ? null : raised + "%";
  }

  /** Nothing was sent, so a file of the failed rows alone would leave out all others. */
  private List<String> correctedOfAll(long others) {
    if (rerun.carriesOutPlan()) {
      return PLAN_AGAIN;
    }
    String failed = summary.files().get("failed");
    String says = failed == null ? "" : " (" + failed + " says what is wrong)";
    List<String> lines = new ArrayList<>(correctedAtSource(says));
    if (!mirror && of(Outcome.INVALID) > 0 && !rerun.has(SKIP_INVALID)) {
      String other =
          "or go on with the other "
              + Printable.count(others, "row")
              + ", and correct "
              + (failed == null ? "these rows" : failed)
              + " afterwards: ";
      if (file.equals(STANDARD_INPUT)) {
        lines.add(other + "run the same again with " + SKIP_INVALID);
      } else {
        lines.add(other.strip());
        lines.add("  " + rerun.again(SKIP_INVALID));
      }
    }
    return lines;
  }

  /** A command alone would read standard input from the keyboard. */
  private List<String> correctedAtSource(String says) {
    String elsewhere = "correct the rows where they come from" + says + ", then";
    if (file.equals(STANDARD_INPUT)) {
      return List.of(elsewhere + " run the same again");
    }
    String correct =
        FeedAddress.is(file)
            ? elsewhere + ":"
            : "correct the rows in " + file + " itself" + says + ", then:";
    return List.of(correct, "  " + rerun.again());
  }

  /** A mirror of the failed rows alone would delete all others. */
  private List<String> corrected() {
    String failed = summary.files().get("failed");
    if (rerun.carriesOutPlan() && (mirror || failed == null)) {
      return PLAN_AGAIN;
    } else if (mirror || failed == null) {
      return correctedAtSource("");
    }
    Path left = Path.of(failed);
    String explained =
        failed.endsWith(".jsonl") ? "the last fields of each say" : "its last columns say";
    return List.of(
        "correct the rows in " + left + " (" + explained + " what is wrong), then:",
        "  " + rerun.of(left));
  }

  /** Restores what was deleted or changed, or removes what was created. */
  private List<String> undone() {
    Path safety = result.safety();
    long created = of(Outcome.CREATED);
    if (safety == null) {
      return withoutCopy(summary.files().get("created"), of(Outcome.UPDATED));
    }
    if (created + of(Outcome.UPDATED) + of(Outcome.DELETED) == 0) {
      return List.of();
    }
    List<String> more = new ArrayList<>();
    if (mirror && created > 0) {
      more.addAll(List.of("--mode", "mirror", "--max-deletes", Long.toString(created)));
    }
    return List.of(UNDO, "  " + rerun.undoing(safety, more));
  }

  private List<String> withoutCopy(@Nullable String ids, long updated) {
    List<String> lines = new ArrayList<>();
    if (ids != null) {
      lines.add("to delete what was created:");
      lines.add("  " + rerun.deleting(ids));
    }
    if (updated > 0) {
      lines.add(updatedStays(updated));
    }
    return lines;
  }

  /** Says so, since no command can be printed. */
  static String updatedStays(long updated) {
    return "no copy was kept of the "
        + Printable.count(updated, "updated record")
        + ": only a snapshot from before this run brings the old values back, with 'restore'";
  }

  /** What to do when a run ended with an error of this machine, or was stopped early. */
  static String afterError(Rerun rerun, Path results, boolean begun) {
    return begun
        ? "some rows may have been done; to go on where this run ended:\n  "
            + rerun.resumed(results)
        : "nothing was changed";
  }

  private long of(Outcome outcome) {
    Counts deletes = summary.deletes();
    return summary.counts().of(outcome) + deletes.of(outcome);
  }
}
