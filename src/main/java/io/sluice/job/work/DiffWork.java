package io.sluice.job.work;

import io.sluice.catalog.Resource;
import io.sluice.flow.Blocking;
import io.sluice.job.spec.DiffSpec;
import io.sluice.job.spec.JobSpec;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.compare.Diff;
import io.sluice.pipeline.compare.DiffRequest;
import io.sluice.pipeline.compare.Difference.Kind;
import io.sluice.pipeline.compare.ResourceDiff;
import io.sluice.pipeline.compare.Side;
import io.sluice.report.ExitCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Compares two sides, each a live account or a snapshot. */
final class DiffWork implements Work {
  private final DiffSpec spec;
  private final JobEnvironment environment;

  DiffWork(DiffSpec spec, JobEnvironment environment) {
    this.spec = spec;
    this.environment = environment;
  }

  @Override
  public Mono<JobOutcome> run(JobRun run) {
    return with(
        spec.before(), run, before -> with(spec.after(), run, after -> run(run, before, after)));
  }

  private Mono<JobOutcome> with(String side, JobRun run, Function<Side, Mono<JobOutcome>> work) {
    String profile = Side.profile(side);
    if (profile != null) {
      return environment.with(
          profile, run, session -> work.apply(Side.account(side, session.account())));
    }
    return Blocking.call(() -> environment.snapshot(side))
        .flatMap(snapshot -> work.apply(Side.snapshot(side, snapshot)));
  }

  private Mono<JobOutcome> run(JobRun run, Side before, Side after) {
    Path results = environment.files().job(run.job().id());
    List<Resource> named =
        spec.resources() == null || spec.resources().isEmpty()
            ? List.of()
            : JobSpec.resources(spec.resources());
    return Changes.kept(
        results,
        true,
        changes ->
            Work.withScratch(
                results,
                scratch -> {
                  List<String> warnings = Collections.synchronizedList(new ArrayList<>());
                  Consumer<RunEvent> events =
                      run.progress().andThen(changes).andThen(event -> warned(event, warnings));
                  return new Diff(DiffRequest.of(before, after, named), scratch, run.stop(), events)
                      .run()
                      .map(found -> ended(before, after, found, warnings));
                }));
  }

  private static void warned(RunEvent event, List<String> warnings) {
    if (event instanceof RunEvent.Warning warning) {
      warnings.add(warning.text());
    }
  }

  private static JobOutcome ended(
      Side before, Side after, List<ResourceDiff> found, List<String> warnings) {
    ObjectNode summary = JsonNodeFactory.instance.objectNode();
    summary.putObject("a").put("name", before.name()).put("account", before.account());
    summary.putObject("b").put("name", after.name()).put("account", after.account());
    for (Kind kind : Kind.values()) {
      summary.put(kind.label(), found.stream().mapToLong(diff -> diff.of(kind)).sum());
    }
    for (ResourceDiff diff : found) {
      ObjectNode one = summary.withArray("resources").addObject();
      one.put("resource", diff.resource().slug());
      one.put("a_rows", diff.before()).put("b_rows", diff.after()).put("alike", diff.alike());
      for (Kind kind : Kind.values()) {
        one.put(kind.label(), diff.of(kind));
      }
    }
    warnings.forEach(summary.putArray("warnings")::add);
    return new JobOutcome(ExitCode.OK, summary);
  }
}
