package io.sluice.job.work;

import io.sluice.format.OptionNames;
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

/** Imports a snapshot: the part that restoring, migrating and pruning have in common. */
final class SnapshotWork {
  private final JobEnvironment environment;
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
      JobEnvironment environment,
      ApprovalStage approval,
      String command,
      @Nullable ImportOptions options,
      boolean named) {
    this.approval = approval;
    this.command = command;
    this.named = named;
    this.environment = environment;
    this.options = options == null ? ImportOptions.DEFAULT : options;
  }

  /** Records alone are deleted whose last day lies before that day. */
  SnapshotWork expiredBefore(LocalDate day) {
    expiredBefore = day;
    return this;
  }

  Mono<JobOutcome> run(JobSession session, Snapshot snapshot, List<ResourceEntry> entries) {
    LocalDate before = expiredBefore;
    List<SnapshotImport.Part> all =
        SnapshotImport.Part.all(
            snapshot,
            entries,
            session.account().account().id(),
            named,
            options,
            environment.toolVersion(),
            OptionNames.API);
    List<SnapshotImport.Part> parts =
        before == null ? all : all.stream().map(part -> part.expiredBefore(before)).toList();
    return approval.concerns(session.job(), options.chosenMode(OptionNames.API))
        ? approval.run(session.job(), command, halves(session, snapshot, parts))
        : run(session, snapshot, parts, Confirmation.given(), null);
  }

  private ApprovalStage.Halves halves(
      JobSession session, Snapshot snapshot, List<SnapshotImport.Part> parts) {
    return new ApprovalStage.Halves() {
      @Override
      public Mono<JobOutcome> rehearse(PlanTarget target) {
        return run(
            session,
            snapshot,
            parts.stream().map(SnapshotImport.Part::rehearsed).toList(),
            Confirmation.given(),
            target);
      }

      @Override
      public Mono<JobOutcome> apply(SavedPlan plan, Confirmation confirmation) {
        return run(
            session,
            snapshot,
            SnapshotImport.Part.all(
                plan, ApprovalStage.AS_PLANNED, environment.toolVersion(), OptionNames.API),
            confirmation,
            null);
      }
    };
  }

  private Mono<JobOutcome> run(
      JobSession session,
      Snapshot snapshot,
      List<SnapshotImport.Part> parts,
      Confirmation confirmation,
      @Nullable PlanTarget target) {
    Path results = environment.files().job(session.job().id());
    boolean dry = parts.stream().anyMatch(part -> part.request().dryRun());
    return Changes.kept(
            results,
            dry,
            changes ->
                new SnapshotImport(
                        session.account(),
                        session.progress().andThen(changes),
                        confirmation,
                        session.stop(),
                        environment.clock(),
                        target)
                    .run(new RunId(session.job().id()), parts, results, true))
        .map(result -> ended(snapshot, result));
  }

  private static JobOutcome ended(Snapshot snapshot, SnapshotImport.Result result) {
    ObjectNode summary = result.summary().json();
    summary.set("unavailable", Unavailable.json(snapshot.manifest().unavailable()));
    summary.putArray("parts");
    for (ImportResult part : result.parts()) {
      summary.withArray("parts").add(ImportWork.json(part));
    }
    result.warnings().forEach(summary.putArray("warnings")::add);
    result.causes().keySet().stream().limit(1).forEach(cause -> summary.set("error", cause.json()));
    return new JobOutcome(result.summary().exit(), summary);
  }
}
