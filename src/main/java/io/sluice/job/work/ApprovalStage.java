package io.sluice.job.work;

import io.sluice.config.Percentage;
import io.sluice.disk.PrivateFiles;
import io.sluice.flow.Blocking;
import io.sluice.job.Job;
import io.sluice.job.approval.Approval;
import io.sluice.job.approval.ApprovalPolicy;
import io.sluice.job.approval.Approvals;
import io.sluice.pipeline.imports.Confirmation;
import io.sluice.pipeline.imports.ImportOptions;
import io.sluice.pipeline.imports.PlanSummary;
import io.sluice.pipeline.imports.saved.PlanTarget;
import io.sluice.pipeline.imports.saved.SavedPart;
import io.sluice.pipeline.imports.saved.SavedPlan;
import io.sluice.plan.Mode;
import io.sluice.report.ExitCode;
import io.sluice.report.ResultsDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Carries out a job whose plan may have to be approved: makes the plan and saves it, stops there if
 * it needs an approval, and goes on with just that plan once it has it. A plan whose account has
 * moved too far by then is made again and waits again.
 */
public final class ApprovalStage {
  /** The saved plan in the job's directory. */
  public static final String FILE = "plan.jsonl";

  /** How a plan is carried out that was approved. */
  static final ImportOptions AS_PLANNED = ImportOptions.DEFAULT;

  private final ApprovalPolicy policy;
  private final Approvals approvals;
  private final JobEnvironment environment;

  /**
   * @param policy which plans need an approval
   */
  public ApprovalStage(ApprovalPolicy policy, Approvals approvals, JobEnvironment environment) {
    this.policy = policy;
    this.approvals = approvals;
    this.environment = environment;
  }

  /** The two halves of such a job. */
  interface Halves {
    /** Makes the plan, saves it and changes nothing. */
    Mono<JobOutcome> rehearse(PlanTarget target);

    /** Carries a saved plan out. */
    Mono<JobOutcome> apply(SavedPlan plan, Confirmation confirmation);
  }

  /** True if a job of that mode goes through here. */
  boolean concerns(Job job, Mode mode) {
    return !job.dryRun() && (policy.rule().concerns(mode) || approvals.get(job.id()).isPresent());
  }

  /** Does what of the job may be done now. */
  Mono<JobOutcome> run(Job job, String command, Halves halves) {
    return new Staged(job, command, halves).run();
  }

  /** One job on its way through. */
  private final class Staged {
    private final Job job;
    private final String command;
    private final Halves halves;
    private final Path results;
    private final Path file;

    Staged(Job job, String command, Halves halves) {
      this.job = job;
      this.command = command;
      this.halves = halves;
      this.results = environment.files().job(job.id());
      this.file = results.resolve(FILE);
    }

    Mono<JobOutcome> run() {
      return Blocking.call(() -> approvals.get(job.id()).filter(Approval::permits))
          .flatMap(known -> known.isPresent() ? apply(known.get()) : plan());
    }

    private Mono<JobOutcome> plan() {
      return Blocking.run(
              () -> {
                PrivateFiles.createDirectories(results);
                Files.deleteIfExists(file);
              })
          .then(Mono.defer(() -> halves.rehearse(new PlanTarget(file, command, true))))
          .flatMap(
              planned ->
                  Blocking.call(() -> saved(planned))
                      .flatMap(
                          plan ->
                              plan.isPresent()
                                  ? planned(plan.get(), planned)
                                  : Mono.just(planned)));
    }

    /** Nothing was saved of a plan that was refused, or not finished. */
    private Optional<SavedPlan> saved(JobOutcome planned) throws IOException {
      planned.summary().put("dry_run", false);
      return Files.exists(file) && planned.exit() != ExitCode.INTERRUPTED
          ? Optional.of(SavedPlan.open(file))
          : Optional.empty();
    }

    private Mono<JobOutcome> planned(SavedPlan plan, JobOutcome planned) {
      long changes = plan.parts().stream().mapToLong(SavedPart::changes).sum();
      long deletes = plan.parts().stream().mapToLong(SavedPart::deletes).sum();
      if (policy.rule().demands(changes, deletes)) {
        return Mono.just(
            new JobOutcome(
                planned.exit(),
                planned.summary(),
                new JobOutcome.Waiting(plan.sha256(), changes, deletes)));
      }
      return Blocking.call(
              () -> {
                approvals.free(
                    job.id(), plan.sha256(), changes, deletes, environment.clock().instant());
                return approvals.get(job.id()).orElseThrow();
              })
          .flatMap(this::apply);
    }

    private Mono<JobOutcome> apply(Approval approval) {
      return Blocking.call(() -> approved(approval))
          .flatMap(
              plan ->
                  plan.isPresent()
                      ? apply(approval, plan.get())
                      : Mono.just(
                          refused(
                              "plan_changed", "the saved plan is not the one that was approved")));
    }

    private Optional<SavedPlan> approved(Approval approval) throws IOException {
      SavedPlan plan = SavedPlan.open(file);
      return plan.sha256().equals(approval.plan()) ? Optional.of(plan) : Optional.empty();
    }

    private Mono<JobOutcome> apply(Approval approval, SavedPlan plan) {
      AtomicBoolean drifted = new AtomicBoolean();
      boolean begun = begun(plan);
      Confirmation confirmation =
          plans -> {
            long left = plans.stream().mapToLong(PlanSummary::total).sum();
            long moved = approval.changes() - left;
            boolean far = moved > Percentage.of(policy.drift(), approval.changes());
            drifted.set(!begun && far && approval.decision() == Approval.Decision.APPROVED);
            return Mono.just(!drifted.get());
          };
      return halves
          .apply(plan, confirmation)
          .flatMap(done -> drifted.get() ? plan() : Mono.just(done));
    }

    /** What was changed before an interruption is no drift. */
    private boolean begun(SavedPlan plan) {
      return ResultsDirectory.holdsJournal(results)
          || plan.parts().stream()
              .anyMatch(
                  part -> ResultsDirectory.holdsJournal(results.resolve(part.resource().slug())));
    }
  }

  /** How a job ends that is not carried out. */
  static JobOutcome refused(String code, String message) {
    ObjectNode summary = JsonNodeFactory.instance.objectNode();
    summary.putObject("error").put("code", code).put("message", message).putNull("hint");
    return new JobOutcome(ExitCode.REFUSED, summary);
  }
}
