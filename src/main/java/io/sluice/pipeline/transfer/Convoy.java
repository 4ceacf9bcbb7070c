package io.sluice.pipeline.transfer;

import io.sluice.pipeline.Failure;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.imports.Companions;
import io.sluice.pipeline.imports.ImportResult;
import io.sluice.pipeline.imports.PlanSummary;
import io.sluice.report.ExitCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Runs that belong together, one for each kind of record. They are planned one after the other. If
 * all plans hold and are confirmed, the rows of one after the other are carried out, and only then,
 * in reverse order, what is left over is deleted. Where one run is refused none changes anything;
 * where one is stopped the next are not begun; where one has rows that failed none deletes.
 */
final class Convoy {
  private static final Set<ExitCode> STOPPING =
      EnumSet.of(ExitCode.NOT_PERMITTED, ExitCode.GAVE_UP, ExitCode.INTERRUPTED);

  private static final String OTHERS_STOPPED = "stopped";
  private static final String OTHERS_REFUSED = "others_refused";

  private static final Set<Stage> UNFINISHED =
      EnumSet.of(Stage.PLANNING, Stage.PLANNED, Stage.CHANGING);

  private final Function<List<PlanSummary>, Mono<Optional<Failure>>> leave;
  private final StopSignal stop;
  private final List<Member> members = new ArrayList<>();
  private @Nullable Failure refusal;
  private boolean asked;
  private boolean confirmed;

  /**
   * @param leave asked once, with all plans, before anything is changed: why they are not to be
   *     carried out, or nothing
   */
  Convoy(Function<List<PlanSummary>, Mono<Optional<Failure>>> leave, StopSignal stop) {
    this.leave = leave;
    this.stop = stop;
  }

  /** Lets the runs go; the results are in their order. The first error of any ends all. */
  Mono<List<ImportResult>> run(List<Function<Companions, Mono<ImportResult>>> runs) {
    return Mono.defer(
        () -> {
          runs.forEach(run -> members.add(new Member(run)));
          Disposable stopping =
              stop.whenStopped().subscribe(stopped -> {}, e -> {}, () -> refuse(interrupted()));
          return Flux.range(0, runs.size())
              .flatMapSequential(this::inTurn, Math.max(1, runs.size()))
              .collectList()
              .doFinally(end -> stopping.dispose());
        });
  }

  /** A run begins when the one before it is planned, or has ended. */
  private Mono<ImportResult> inTurn(int number) {
    Mono<Void> before = number == 0 ? Mono.empty() : members.get(number - 1).reached.asMono();
    Member own = members.get(number);
    return before.then(Mono.defer(() -> own.run.apply(own)).doOnNext(own::ended));
  }

  private void refuse(Failure why) {
    synchronized (this) {
      refusal = refusal == null ? why : refusal;
    }
    advance();
  }

  /** Lets whoever's turn has come go on. */
  private void advance() {
    List<Runnable> next = new ArrayList<>();
    synchronized (this) {
      if (members.stream().allMatch(member -> member.stage != Stage.PLANNING)) {
        decide(next);
      }
    }
    next.forEach(Runnable::run);
  }

  private void decide(List<Runnable> next) {
    if (!confirmed) {
      members.stream()
          .filter(member -> member.stage == Stage.ENDED)
          .findFirst()
          .ifPresent(ended -> refusal = refusal == null ? ended.whyOthersStop() : refusal);
    }
    Failure why = refusal;
    if (why != null) {
      members.stream()
          .filter(member -> member.stage == Stage.PLANNED)
          .forEach(member -> next.add(member.release(Optional.of(why))));
    } else if (!asked) {
      asked = true;
      next.add(this::ask);
    } else if (confirmed) {
      takeTurns(next);
    }
    if (members.stream().noneMatch(member -> UNFINISHED.contains(member.stage))) {
      delete(next);
    }
  }

  private void ask() {
    List<PlanSummary> plans =
        members.stream().map(member -> Objects.requireNonNull(member.plan)).toList();
    stop.orStop(leave.apply(plans))
        .onErrorReturn(StopSignal.StoppedException.class, Optional.of(interrupted()))
        .subscribe(
            why -> {
              synchronized (this) {
                confirmed = why.isEmpty();
              }
              why.ifPresentOrElse(this::refuse, this::advance);
            },
            error -> members.forEach(member -> member.change.tryEmitError(error)));
  }

  /** The first whose predecessors have changed all. */
  private void takeTurns(List<Runnable> next) {
    for (Member member : members) {
      if (member.stage == Stage.PLANNED) {
        next.add(member.release(Optional.empty()));
      }
      if (member.stage == Stage.CHANGING) {
        return;
      }
    }
  }

  /** The last that still has to, now that all is changed. */
  private void delete(List<Runnable> next) {
    boolean flawless = members.stream().allMatch(member -> member.flawless);
    List<Member> reverse = new ArrayList<>(members);
    Collections.reverse(reverse);
    for (Member member : reverse) {
      if (member.stage == Stage.CHANGED) {
        member.stage = Stage.DELETING;
        next.add(() -> member.delete.tryEmitValue(flawless));
      }
      if (member.stage == Stage.DELETING) {
        return;
      }
    }
  }

  /** True if that is but what follows for one run from the failure of another. */
  static boolean follows(Failure failure) {
    return failure.code().equals(OTHERS_STOPPED) || failure.code().equals(OTHERS_REFUSED);
  }

  private static Failure interrupted() {
    return new Failure(ExitCode.INTERRUPTED, "interrupted", "interrupted", null, 0, null);
  }

  private enum Stage {
    PLANNING,
    PLANNED,
    CHANGING,
    CHANGED,
    DELETING,
    ENDED
  }

  /** One of the runs. */
  private final class Member implements Companions {
    private final Function<Companions, Mono<ImportResult>> run;
    private final Sinks.Empty<Void> reached = Sinks.empty();
    private final Sinks.One<Optional<Failure>> change = Sinks.one();
    private final Sinks.One<Boolean> delete = Sinks.one();
    private Stage stage = Stage.PLANNING;
    private boolean flawless;
    private @Nullable PlanSummary plan;
    private @Nullable ImportResult result;

    Member(Function<Companions, Mono<ImportResult>> run) {
      this.run = run;
    }

    @Override
    public Mono<Optional<Failure>> planned(PlanSummary summary) {
      return Mono.defer(
          () -> {
            to(Stage.PLANNED, () -> plan = summary);
            return change.asMono();
          });
    }

    @Override
    public Mono<Boolean> changed(boolean noneFailed, Set<ExitCode> halted) {
      return Mono.defer(
          () -> {
            to(Stage.CHANGED, () -> flawless = noneFailed && halted.isEmpty());
            halted.stream().filter(STOPPING::contains).findFirst().ifPresent(this::stopOthers);
            return delete.asMono();
          });
    }

    private void ended(ImportResult end) {
      ExitCode exit = end.summary().exit();
      to(
          Stage.ENDED,
          () -> {
            flawless = exit == ExitCode.OK;
            result = end;
          });
      if (STOPPING.contains(exit)) {
        stopOthers(exit);
      }
    }

    private void stopOthers(ExitCode exit) {
      refuse(
          new Failure(exit, OTHERS_STOPPED, "another part of this run was stopped", null, 0, null));
    }

    private Failure whyOthersStop() {
      Failure own = result == null ? null : result.failure();
      ExitCode exit = own == null ? ExitCode.REFUSED : own.exit();
      return new Failure(
          exit, OTHERS_REFUSED, "another part of this run was refused", null, 0, null);
    }

    private Runnable release(Optional<Failure> why) {
      stage = Stage.CHANGING;
      return () -> change.tryEmitValue(why);
    }

    private void to(Stage next, Runnable note) {
      synchronized (Convoy.this) {
        stage = next;
        note.run();
      }
      reached.tryEmitEmpty();
      advance();
    }
  }
}
