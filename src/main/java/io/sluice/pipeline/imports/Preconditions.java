package io.sluice.pipeline.imports;

import io.sluice.catalog.Validation;
import io.sluice.pipeline.Failure;
import io.sluice.pipeline.imports.input.CheckSummary;
import io.sluice.pipeline.insight.lint.PlanFindings;
import io.sluice.pipeline.insight.lint.Severity;
import io.sluice.plan.Expiry;
import io.sluice.plan.Mode;
import io.sluice.plan.Origin;
import io.sluice.report.Action;
import io.sluice.report.ExitCode;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/** Why a run does not begin to change anything. */
final class Preconditions {
  private final ImportRequest request;

  Preconditions(ImportRequest request) {
    this.request = request;
  }

  /** The reason to refuse the input itself, on the day on which the run began. */
  Optional<Failure> ofInput(CheckSummary input, LocalDate today) {
    Expiry expires = request.ownership().expires();
    if (expires != null && expires.from(today).isBefore(today)) {
      return refused(
          "expired_before",
          named("expires") + " " + expires + " has passed",
          "records that have ended are deleted by the next prune; give a later day");
    } else if (input.rows() == 0
        && request.mode().deletes()
        && request.origin() == Origin.UNKNOWN) {
      return refused(
          "no_rows",
          "there is no row in the input",
          named("mode") + " " + request.mode().label() + " needs rows; is this the right file?");
    } else if (input.invalid() > 0 && request.mode() == Mode.MIRROR) {
      return refused(
          "invalid_rows",
          shown(input.invalid()) + " of " + shown(input.rows()) + " rows are invalid",
          "a mirror would delete the records they mean; correct the rows first");
    } else if (input.invalid() > 0 && !request.skipInvalid()) {
      return refused(
          "invalid_rows",
          shown(input.invalid()) + " of " + shown(input.rows()) + " rows are invalid",
          correction());
    } else if (request.mode() == Mode.MIRROR && request.partial() != null) {
      return refused(
          "partial_input",
          "the input is not the whole of an account: " + request.partial(),
          "a mirror would delete the rest; use " + named("mode") + " upsert");
    }
    return Optional.empty();
  }

  /** The reason to refuse the plan. */
  Optional<Failure> ofPlan(CheckSummary input, PlanSummary plan, ImportState.Account account) {
    long deletes = plan.of(Action.DELETE);
    long most = request.maxDeletes().of(plan.owned());
    String owner = request.ownership().owner();
    if (account.moved() != null && (request.mode().creates() || request.mode().deletes())) {
      return refused(
          "account_moving",
          "the account kept changing while it was read (" + account.moved() + ")",
          "a plan from it could create records twice or delete the wrong ones; run again");
    } else if (plan.invalid() > 0 && (!request.skipInvalid() || request.mode() == Mode.MIRROR)) {
      return refused(
          "invalid_rows",
          shown(plan.invalid())
              + (plan.invalid() == 1 ? " row" : " rows")
              + " cannot be written, by what the account holds",
          correction());
    } else if (input.rows() == 0 && deletes > 0 && !emptinessIsMeant()) {
      return refused(
          "no_rows",
          "the source holds no " + request.resource() + ", so all " + shown(deletes) + " would go",
          request.origin() == Origin.THIS_ACCOUNT
              ? "if that is meant, say how many with " + named("max-deletes") + " N"
              : "if that is meant, delete them with " + named("mode") + " delete");
    } else if (deletes > most) {
      return refused(
          "too_many_deletes",
          "the plan deletes "
              + shown(deletes)
              + " of "
              + shown(plan.owned())
              + " records"
              + (owner == null ? "" : " of " + owner)
              + ", more than "
              + named("max-deletes")
              + " "
              + request.maxDeletes()
              + " allows ("
              + shown(most)
              + ")",
          (request.dryRun() ? "" : "look at them with " + named("dry-run") + "; ")
              + "if the deletes are right, raise "
              + named("max-deletes"));
    }
    return Optional.empty();
  }

  /** The refusal because of errors that lint finds in the records to write. */
  Optional<Failure> ofLint(PlanFindings found) {
    long errors = found.of(Severity.ERROR);
    if (request.lint() != LintChoice.REFUSE || errors == 0) {
      return Optional.empty();
    }
    String first =
        found.findings().stream()
            .filter(finding -> finding.severity() == Severity.ERROR)
            .findFirst()
            .map(finding -> ", first: " + finding.rule().id() + ", " + finding.sentence())
            .orElse("");
    return refused(
        "lint_errors",
        "lint finds "
            + shown(errors)
            + (errors == 1 ? " error" : " errors")
            + " in what would be written"
            + first,
        "correct the rows, or write lint:RULE=ok into the comment where it is meant; with "
            + named("lint")
            + " warn they are written all the same");
  }

  /**
   * An account that held none of a kind when it was saved is brought back to that by whoever names
   * a number; that is how a mirror is undone.
   */
  private boolean emptinessIsMeant() {
    return request.origin() == Origin.THIS_ACCOUNT && request.maxDeletes().share() == null;
  }

  /** What to do about invalid rows; the import of a whole snapshot has no option to skip them. */
  private String correction() {
    boolean ofSnapshot =
        request.origin() != Origin.UNKNOWN && request.rows().level() == Validation.Level.OFF;
    return ofSnapshot
        ? "correct these records where they come from, or bring "
            + request.resource().slug()
            + " over with 'import', which can go on without them ("
            + named("skip-invalid")
            + ")"
        : "correct them, or go on without them with " + named("skip-invalid");
  }

  private String named(String option) {
    return request.names().of(option);
  }

  private static String shown(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static Optional<Failure> refused(String code, String message, String hint) {
    return Optional.of(Failure.of(ExitCode.REFUSED, code, message, hint));
  }
}
