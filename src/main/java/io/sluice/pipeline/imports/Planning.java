package io.sluice.pipeline.imports;

import io.sluice.catalog.Resource;
import io.sluice.flow.Blocking;
import io.sluice.flow.Closer;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.Failure;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.imports.input.InputCheck;
import io.sluice.pipeline.imports.results.JournalReplay;
import io.sluice.pipeline.imports.results.RunOptions;
import io.sluice.pipeline.imports.saved.SavedInput;
import io.sluice.pipeline.imports.saved.SavedPlan;
import io.sluice.pipeline.insight.lint.LintOfPlan;
import io.sluice.pipeline.insight.lint.LintSettings;
import io.sluice.pipeline.insight.lint.PlanFindings;
import io.sluice.plan.Mode;
import io.sluice.report.RunId;
import io.sluice.report.journal.RunHeader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The phases before the first change: validate the input, read the account, plan. */
final class Planning {
  private final AccountSession session;
  private final RunId id;
  private final StopSignal stop;
  private final Clock clock;
  private final Closer closer;
  private final LintOfPlan lint;

  /**
   * @param closer closes what is opened here
   */
  Planning(AccountSession session, RunId id, StopSignal stop, Clock clock, Closer closer) {
    this.session = session;
    this.id = id;
    this.stop = stop;
    this.clock = clock;
    this.closer = closer;
    this.lint =
        new LintOfPlan(
            new LintSettings(
                Set.of(),
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
                session.knownDomains()),
            stop::isStopped);
  }

  /** The plan of one input, or why there is none. */
  Mono<ImportState> plan(ImportRun.Part part) {
    return open(part).flatMap(this::validate).flatMap(this::readAccount).flatMap(this::plan);
  }

  /** An input that is typed, or comes slowly, does not keep anyone from stopping the run. */
  private Mono<RunContext> open(ImportRun.Part part) {
    return stop.orStop(
        Blocking.call(() -> closer.register(RunContext.open(part, id, clock.instant()))));
  }

  private Mono<ImportState> validate(RunContext run) {
    SavedPlan.Rows saved = run.saved();
    return saved == null ? validateFile(run) : Blocking.call(() -> validated(run, saved));
  }

  /** The rows of a saved plan were validated when it was made. */
  private ImportState validated(RunContext run, SavedPlan.Rows saved) throws IOException {
    saved.plan().requireAccount(session.account().id(), session.account().baseUrl().toString());
    RunHeader header =
        saved.header(run.id(), run.startedAt(), session.account(), run.request(), run.source());
    run.results().begun().ifPresent(begun -> JournalReplay.requireSame(begun, header));
    return new ImportState.Validated(run, new SavedInput(saved, run.source()), header);
  }

  private Mono<ImportState> validateFile(RunContext run) {
    ImportRequest request = run.request();
    return Blocking.call(() -> run.results().scratch())
        .flatMap(
            scratch ->
                Blocking.call(
                    () ->
                        closer.register(
                            new InputCheck(run.source(), request.rows(), scratch, stop)
                                .run(run.events()))))
        .flatMap(
            input ->
                Blocking.call(
                    () -> {
                      RunHeader header =
                          RunOptions.header(
                              run.id(),
                              run.startedAt(),
                              session.account(),
                              request,
                              input,
                              run.source());
                      run.results()
                          .begun()
                          .ifPresent(begun -> JournalReplay.requireSame(begun, header));
                      return new ImportState.Validated(run, input, header);
                    }))
        .map(
            validated ->
                orRefused(
                    validated,
                    null,
                    new Preconditions(request)
                        .ofInput(validated.input().summary(), validated.run().today())));
  }

  private Mono<ImportState> readAccount(ImportState state) {
    if (!(state instanceof ImportState.Validated validated)) {
      return Mono.just(state);
    }
    RunContext run = validated.run();
    long before = session.requests();
    return Mono.delay(run.past().untilSettled(clock.instant()))
        .then(Blocking.call(() -> run.results().scratch()))
        .flatMap(scratch -> session.orStop(account(validated, scratch)))
        .map(account -> new ImportState.Known(validated, account, session.requests() - before));
  }

  private Mono<ImportState.Account> account(ImportState.Validated validated, Path scratch) {
    RunContext run = validated.run();
    ImportRequest request = run.request();
    // A share of an owner's records is a share of all of them.
    boolean byOwner =
        request.ownership().owner() != null
            && request.mode().deletes()
            && validated.input().summary().rows() > 0;
    boolean whole = request.mode() == Mode.MIRROR || byOwner;
    AccountReader reader = new AccountReader(session, request.resource(), scratch, run.events());
    Mono<ImportState.Account> read =
        validated.input() instanceof SavedInput saved
            ? reader.read(saved.about().changes() > 0, request.named())
            : reader.read(validated.file(), whole, request.named());
    return read.doOnNext(account -> closer.register(account.index()));
  }

  private Mono<ImportState> plan(ImportState state) {
    if (!(state instanceof ImportState.Known known)) {
      return Mono.just(state);
    }
    RunContext run = known.validated().run();
    return Blocking.call(
            () -> {
              ImportState.Planned planned =
                  new PlanBuilder(known, session, stop, new RowLint(lint, run.request())).build();
              closer.register(planned.rows());
              return planned;
            })
        .doOnNext(
            planned ->
                run.events()
                    .accept(new RunEvent.PlanMade(run.request().resource(), planned.summary())))
        .map(
            planned ->
                orRefused(
                    planned,
                    planned,
                    new Preconditions(run.request())
                        .ofPlan(
                            planned.validated().input().summary(),
                            planned.summary(),
                            planned.account())));
  }

  /** The same plans with what lint finds in what they would write. */
  Mono<RunState> lint(RunState run) {
    return run.plans().stream().allMatch(plan -> plan.request().lint() == LintChoice.OFF)
        ? Mono.just(run)
        : Blocking.call(() -> linted(run));
  }

  private RunState linted(RunState run) throws IOException {
    if (lint.isEmpty()) {
      return run;
    }
    for (ImportState.Planned plan : run.plans()) {
      plan.lint().hold(plan.account(), stop);
    }
    Map<Resource, PlanFindings> found = lint.result();
    stop.check();
    return run.withPlans(
        plan -> {
          PlanFindings ofPlan = found.get(plan.request().resource());
          return ofPlan == null ? plan : linted(plan.with(ofPlan), ofPlan);
        });
  }

  private static ImportState linted(ImportState.Planned plan, PlanFindings found) {
    ImportRequest request = plan.request();
    plan.validated().run().events().accept(new RunEvent.PlanLinted(request.resource(), found));
    return orRefused(plan, plan, new Preconditions(request).ofLint(found));
  }

  private static ImportState orRefused(
      ImportState state, ImportState.@Nullable Planned planned, Optional<Failure> why) {
    return why.<ImportState>map(
            failure -> new ImportState.Refused(state.validated(), planned, failure))
        .orElse(state);
  }
}
