package io.sluice.pipeline.imports;

import io.sluice.pipeline.Failure;
import io.sluice.pipeline.imports.input.CheckedInput;
import io.sluice.pipeline.imports.input.RunInput;
import io.sluice.pipeline.imports.saved.PlannedPart;
import io.sluice.pipeline.insight.lint.PlanFindings;
import io.sluice.plan.AccountIndex;
import io.sluice.report.journal.RunHeader;
import io.sluice.snapshot.Unavailable;
import org.jspecify.annotations.Nullable;

/** How far one input has come. Every phase takes the state that the phase before it returned. */
sealed interface ImportState {
  /** The input whose state it is. */
  Validated validated();

  /**
   * Its rows are validated.
   *
   * @param header what the run sets out to do, for its journal
   */
  record Validated(RunContext run, RunInput input, RunHeader header) implements ImportState {
    /** The rows of a file; none of a saved plan. */
    CheckedInput file() {
      if (input instanceof CheckedInput checked) {
        return checked;
      }
      throw new IllegalStateException("the rows are those of a saved plan");
    }

    @Override
    public Validated validated() {
      return this;
    }
  }

  /**
   * The account's records of one kind, as far as they were read.
   *
   * @param index the records; of the whole account, or those that the rows name
   * @param total how many records there are in all, as far as the account reports
   * @param whole whether it is the whole account
   * @param moved why the listing cannot be trusted, or null if it can
   * @param unavailable why nothing is known, since the account does not offer such records; else
   *     null
   */
  record Account(
      AccountIndex index,
      long total,
      boolean whole,
      @Nullable String moved,
      @Nullable Unavailable unavailable) {

    /** The state of an account as it was read. */
    Account(AccountIndex index, long total, boolean whole, @Nullable String moved) {
      this(index, total, whole, moved, null);
    }

    /** An account that does not offer such records. */
    static Account without(AccountIndex empty, Unavailable why) {
      return new Account(empty, 0, false, null, why);
    }
  }

  /**
   * The account is read, so that a plan follows from it.
   *
   * @param reads how many requests that took
   */
  record Known(Validated validated, Account account, long reads) implements ImportState {}

  /**
   * Its changes are planned.
   *
   * @param rows what each row would change
   * @param lint has looked at what would be written
   */
  record Planned(
      Validated validated, Account account, PlanSummary summary, PlanFile rows, RowLint lint)
      implements ImportState {
    /** The same with what lint found. */
    Planned with(PlanFindings found) {
      return new Planned(validated, account, summary.with(found), rows, lint);
    }

    /** What is asked for. */
    ImportRequest request() {
      return validated.run().request();
    }

    /** What a file of the plan holds. */
    PlannedPart toSave() {
      return new PlannedPart(
          request(), validated.header(), summary, validated.input(), rows, account.index());
    }

    /** True if nothing is to be sent, whatever the plan says. */
    boolean rehearsal() {
      return request().dryRun();
    }
  }

  /** Its rows are carried out. */
  record Applied(Planned planned, Execution execution) implements ImportState {
    @Override
    public Validated validated() {
      return planned.validated();
    }
  }

  /**
   * Nothing is sent.
   *
   * @param planned the plan; null if there was none
   */
  record Refused(Validated validated, @Nullable Planned planned, Failure why)
      implements ImportState {}
}
