package io.sluice.job.work;

import io.sluice.catalog.Resource;
import io.sluice.disk.PrivateFiles;
import io.sluice.flow.Blocking;
import io.sluice.job.spec.InsightSpec;
import io.sluice.job.spec.JobSpec;
import io.sluice.job.store.StoredJson;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.compare.Side;
import io.sluice.pipeline.insight.Explain;
import io.sluice.pipeline.insight.Source;
import io.sluice.pipeline.insight.lint.Lint;
import io.sluice.pipeline.insight.lint.LintResult;
import io.sluice.pipeline.insight.lint.LintSettings;
import io.sluice.pipeline.insight.lint.Severity;
import io.sluice.report.ExitCode;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Looks at the lists of a live account or of a snapshot. */
public final class InsightWork implements Work {
  /** The name of the whole result in a job's directory. */
  public static final String FILE = "insight.json";

  /** So many findings of each rule are kept, as an answer is in memory as a whole. */
  private static final int MOST_FINDINGS = 5_000;

  private final InsightSpec spec;
  private final JobEnvironment environment;

  public InsightWork(InsightSpec spec, JobEnvironment environment) {
    this.spec = spec;
    this.environment = environment;
  }

  @Override
  public Mono<JobOutcome> run(JobRun run) {
    Path results = environment.files().job(run.job().id());
    Watch watch = new Watch(run.progress());
    Mono<ObjectNode> answer =
        spec.profile().isEmpty()
            ? Work.withScratch(results, scratch -> ofSnapshot(scratch, run.stop(), watch))
            : environment.with(
                spec.profile(),
                run,
                session ->
                    Work.withScratch(
                        results,
                        scratch ->
                            answer(
                                Side.account(spec.source(), session.account()),
                                scratch,
                                run.stop(),
                                watch)));
    return answer.flatMap(whole -> Blocking.call(() -> kept(results, whole)));
  }

  /**
   * What a look at the snapshot finds, as the command line says it in JSON.
   *
   * @param scratch a directory for what has to be kept meanwhile
   */
  public Mono<ObjectNode> ofSnapshot(Path scratch, StopSignal stop) {
    return ofSnapshot(scratch, stop, new Watch(event -> {}));
  }

  private Mono<ObjectNode> ofSnapshot(Path scratch, StopSignal stop, Watch watch) {
    return Blocking.call(() -> environment.snapshot(spec.source()))
        .flatMap(snapshot -> answer(Side.snapshot(spec.source(), snapshot), scratch, stop, watch));
  }

  private Mono<ObjectNode> answer(Side side, Path scratch, StopSignal stop, Watch watch) {
    Source source = new Source(side, named(), scratch, stop);
    return spec.about().equals(InsightSpec.LINT)
        ? lint(source, watch)
        : Explain.of(source, spec.question(), watch)
            .map(found -> found.json(ExitCode.OK.number(), watch.warnings));
  }

  private Mono<ObjectNode> lint(Source source, Watch watch) {
    LintSettings settings =
        new LintSettings(
            spec.ignored(),
            LocalDate.now(environment.clock()),
            environment.accounts().knownDomains(spec.profile()));
    Lint lint = new Lint(settings, source.stop()::isStopped, MOST_FINDINGS);
    return source
        .read(resource -> true, watch, lint::take)
        .publishOn(Schedulers.boundedElastic())
        .map(
            read -> {
              LintResult result = lint.result();
              source.stop().check();
              watch.warnings.addAll(result.leftOut());
              ObjectNode json = result.json(ExitCode.OK.number(), watch.warnings);
              ObjectNode found = json.putObject("found");
              for (Severity severity : Severity.values()) {
                found.put(severity.label(), result.of(severity));
              }
              return json;
            });
  }

  private List<Resource> named() {
    return JobSpec.named(spec.resources()) ? JobSpec.resources(spec.resources()) : List.of();
  }

  /** The whole goes into a file; what a list of jobs shows stays small. */
  private static JobOutcome kept(Path results, ObjectNode whole) throws IOException {
    PrivateFiles.createDirectories(results);
    Path file = results.resolve(FILE);
    Files.deleteIfExists(file);
    try (var out = Channels.newOutputStream(PrivateFiles.create(file))) {
      StoredJson.MAPPER.writeValue(out, whole);
    }
    ObjectNode summary = JsonNodeFactory.instance.objectNode();
    whole.forEachEntry(
        (name, value) -> {
          if (!name.equals("findings") && !name.equals("exit")) {
            summary.set(name, value);
          }
        });
    return new JobOutcome(ExitCode.OK, summary);
  }

  /** Hands on how far it is, and keeps the warnings. */
  private record Watch(Consumer<RunEvent> progress, List<String> warnings)
      implements Consumer<RunEvent> {
    Watch(Consumer<RunEvent> progress) {
      this(progress, Collections.synchronizedList(new ArrayList<>()));
    }

    @Override
    public void accept(RunEvent event) {
      progress.accept(event);
      if (event instanceof RunEvent.Warning warning) {
        warnings.add(warning.text());
      }
    }
  }
}
