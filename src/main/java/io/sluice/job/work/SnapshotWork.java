package io.sluice.job.work;

import io.sluice.format.OptionNames;
import io.sluice.job.Job;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.imports.Confirmation;
import io.sluice.pipeline.imports.ImportOptions;
import io.sluice.pipeline.imports.ImportResult;
import io.sluice.pipeline.imports.saved.PlanTarget;
import io.sluice.pipeline.imports.saved.SavedPlan;
import io.sluice.pipeline.transfer.SnapshotImport;
import io.sluice.report.RunId;
import io.sluice.snapshot.ResourceEntry;
import io.sluice.snapshot.Snapshot;
import io.sluice.snapshot.Unavailable;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Makes an account what a snapshot says: the part that restoring and migrating have in common. */
final class SnapshotWork {
  private final JobEnvironment bench;
  private final ImportOptions options;
  private final boolean named;
  private @Nullable LocalDate expiredBefore;
  private final ApprovalStage approval;
  private final String command;

  /**
   * @param command what the job is called
   * @param named whether the kinds of records were asked for by name
   */
  SnapshotWork(
      JobEnvironment bench,
      ApprovalStage approval,
      String command,
      @Nullable ImportOptions options,
      boolean named) {
    this.approval = approval;
    this.command = command;
    this.named = named;
    this.bench = bench;
    this.options = options == null ? ImportOptions.DEFAULT : options;
  }

  /** Records alone are deleted whose last day lies before that day. */
  SnapshotWork expiredBefore(LocalDate day) {
    expiredBefore = day;
    return this;
  }

  Mono<JobOutcome> run(
      Job job,
      Snapshot snapshot,
      List<ResourceEntry> entries,
      AccountSession session,
      ProgressLog progress,
      StopSignal stop) {
    LocalDate before = expiredBefore;
    List<SnapshotImport.Part> all =
        SnapshotImport.Part.all(
            snapshot,
            entries,
            session.account().id(),
            named,
            options,
            bench.toolVersion(),
            OptionNames.API);
    List<SnapshotImport.Part> parts =
        before == null ? all : all.stream().map(part -> part.expiredBefore(before)).toList();
    Pass pass = new Pass(job, snapshot, session, progress, stop);
    return approval.concerns(job, options.chosenMode(OptionNames.API))
        ? approval.run(job, command, halves(pass, parts))
        : run(pass, parts, Confirmation.given(), null);
  }

  /** What both halves of a job work on. */
  private record Pass(
      Job job, Snapshot snapshot, AccountSession session, ProgressLog progress, StopSignal stop) {}

  private ApprovalStage.Halves halves(Pass pass, List<SnapshotImport.Part> parts) {
    return new ApprovalStage.Halves() {
      @Override
      public Mono<JobOutcome> rehearse(PlanTarget target) {
        return run(
            pass,
            parts.stream().map(SnapshotImport.Part::rehearsed).toList(),
            Confirmation.given(),
            target);
      }

      @Override
      public Mono<JobOutcome> apply(
          SavedPlan plan, ImportOptions given, Confirmation confirmation) {
        return run(
            pass,
            SnapshotImport.Part.all(plan, given, bench.toolVersion(), OptionNames.API),
            confirmation,
            null);
      }
    };
  }

  private Mono<JobOutcome> run(
      Pass pass,
      List<SnapshotImport.Part> parts,
      Confirmation confirmation,
      @Nullable PlanTarget target) {
    Path results = bench.files().job(pass.job().id());
    boolean dry = parts.stream().anyMatch(part -> part.request().dryRun());
    return Changes.kept(
            results,
            dry,
            changes ->
                new SnapshotImport(
                        pass.session(),
                        pass.progress().andThen(changes),
                        confirmation,
                        pass.stop(),
                        bench.clock(),
                        target)
                    .run(new RunId(pass.job().id()), parts, results, true))
        .map(result -> ended(pass.snapshot(), result));
  }

  private static JobOutcome ended(Snapshot snapshot, SnapshotImport.Result result) {
    ObjectNode summary = result.summary().json();
    summary.set("unavailable", Unavailable.json(snapshot.manifest().unavailable()));
    summary.putArray("parts");
    for (ImportResult part : result.parts()) {
      ObjectNode node = part.summary().json();
      node.remove("files");
      if (part.plan() != null) {
        node.set("plan", part.plan().json());
      }
      if (part.failure() != null) {
        node.set("error", part.failure().json());
      }
      summary.withArray("parts").add(node);
    }
    result.causes().keySet().stream().limit(1).forEach(cause -> summary.set("error", cause.json()));
    return new JobOutcome(result.summary().exit(), summary);
  }
}
