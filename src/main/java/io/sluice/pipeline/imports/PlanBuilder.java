package io.sluice.pipeline.imports;

import io.sluice.api.BatchRequest;
import io.sluice.api.Listing;
import io.sluice.catalog.Ability;
import io.sluice.catalog.Resource;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.PagesReadAgain;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.imports.saved.SavedInput;
import io.sluice.plan.Mode;
import io.sluice.report.Action;
import io.sluice.report.Outcome;
import io.sluice.report.RowResult;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Plans every row, once: writes what each would change, and counts it. Blocking. */
final class PlanBuilder {
  private static final int WORTH_A_BATCH = 20;
  private static final int REASONS = 5;

  private final ImportState.Known known;
  private final ImportRequest request;
  private final Consumer<RunEvent> events;
  private final AccountSession session;
  private final StopSignal stop;
  private final Map<Action, Long> changes = new EnumMap<>(Action.class);
  private final Map<Outcome, Long> settled = new EnumMap<>(Outcome.class);
  private final RowLint lint;
  private final SkipReasons skipped = new SkipReasons();
  private long kept;
  private long rows;

  /** The rows with what each would change. Blocking; for one thread at a time. */
  interface Source extends Closeable {
    /** The next record of a row, or null when there is none left. */
    @Nullable PlannedRow next() throws IOException;

    /** The next record that no row names; to be asked when no row is left. */
    @Nullable PlannedRow nextUnnamed() throws IOException;

    /** What was counted over all of them. */
    Totals totals() throws IOException;
  }

  /**
   * What a source counts.
   *
   * @param leftBehind how many rows give a field that is not written, by field
   * @param owned how many records the run owns, as far as its deletes are measured by that
   * @param heldBy how many rows are left alone for the owners of their records, by owner
   * @param deletesOf how many records are to be deleted of each owner
   */
  record Totals(
      Map<String, Long> leftBehind,
      long owned,
      Map<String, Long> heldBy,
      Map<String, Long> deletesOf) {}

  PlanBuilder(ImportState.Known known, AccountSession session, StopSignal stop, RowLint lint) {
    this.lint = lint;
    this.known = known;
    this.request = known.validated().run().request();
    this.events = known.validated().run().events();
    this.session = session;
    this.stop = stop;
  }

  /** The plan. Whoever gets it closes its file. */
  ImportState.Planned build() throws IOException {
    Path scratch = known.validated().run().results().scratch();
    long unnamed = 0;
    try (Source planner = source(scratch);
        PlanFile.Writer file = new PlanFile.Writer(scratch)) {
      for (PlannedRow row = planner.next(); row != null; row = planner.next()) {
        stop.check();
        count(row);
        file.add(row);
        events.accept(
            new RunEvent.Progress(RunEvent.Phase.PLANNING, request.resource(), ++rows, null));
      }
      file.endRows();
      if (request.mode() == Mode.MIRROR) {
        long before = of(Action.DELETE);
        for (PlannedRow row = planner.nextUnnamed(); row != null; row = planner.nextUnnamed()) {
          stop.check();
          if (row instanceof PlannedRow.Pending) {
            count(row);
          }
          file.add(row);
        }
        unnamed = of(Action.DELETE) - before;
      }
      return new ImportState.Planned(
          known.validated(),
          known.account(),
          summary(unnamed, planner.totals()),
          file.finish(),
          lint);
    }
  }

  private Source source(Path scratch) throws IOException {
    return known.validated().input() instanceof SavedInput saved
        ? new SavedRowPlanner(known, saved, events.andThen(lint))
        : new RowPlanner(known, scratch, events.andThen(lint));
  }

  private PlanSummary summary(long unnamed, Totals totals) {
    Set<Action> batched = batched();
    long requests = requests(batched);
    long reading = known.reads() + toSave();
    // What is read is read again by the run that follows a rehearsal, and by no other.
    long ahead = requests + (request.dryRun() ? reading : toSave());
    return new PlanSummary(
        known.account().total(),
        changes,
        unnamed,
        of(Outcome.UNCHANGED),
        of(Outcome.SKIPPED),
        skipped.top(REASONS),
        of(Outcome.FAILED),
        of(Outcome.INVALID),
        kept + of(Outcome.CREATED) + of(Outcome.UPDATED) + of(Outcome.DELETED),
        totals.leftBehind(),
        totals.owned(),
        totals.heldBy(),
        totals.deletesOf(),
        batched,
        requests,
        reading,
        session.forecast(ahead),
        null);
  }

  /** How many requests it takes to list what is saved, and looked at again, before a delete. */
  private long toSave() {
    boolean deletes = of(Action.DELETE) > 0;
    long listings = deletes && request.safetySnapshot() ? 1 : 0;
    listings += DeleteRecheck.isNeeded(request, of(Action.DELETE)) ? 1 : 0;
    long pages =
        Math.max(1, (known.account().total() + Listing.LARGEST_PAGE - 1) / Listing.LARGEST_PAGE);
    return listings * (pages + PagesReadAgain.count(pages));
  }

  private void count(PlannedRow row) {
    if (row instanceof PlannedRow.Kept) {
      kept++;
    } else if (row instanceof PlannedRow.Settled done) {
      settled.merge(done.result().outcome(), 1L, Long::sum);
      if (done.result().outcome() == Outcome.SKIPPED) {
        skipped.add(done.result());
      }
    } else if (row instanceof PlannedRow.Pending pending) {
      changes.merge(pending.change().action(), 1L, Long::sum);
    }
  }

  private Set<Action> batched() {
    Set<Action> batched = EnumSet.noneOf(Action.class);
    Resource resource = request.resource();
    if (request.strategy() == Strategy.ROWS || !resource.can(Ability.ATOMIC_BATCH)) {
      return batched;
    }
    long least = request.strategy() == Strategy.BATCH ? 1 : WORTH_A_BATCH;
    changes.forEach(
        (action, count) -> {
          if (count >= least) {
            batched.add(action);
          }
        });
    return batched;
  }

  private long requests(Set<Action> batched) {
    long requests = 0;
    for (Map.Entry<Action, Long> change : changes.entrySet()) {
      long count = change.getValue();
      requests +=
          batched.contains(change.getKey())
              ? (count + BatchRequest.LARGEST - 1) / BatchRequest.LARGEST
              : count;
    }
    return requests;
  }

  private long of(Action action) {
    return changes.getOrDefault(action, 0L);
  }

  private long of(Outcome outcome) {
    return settled.getOrDefault(outcome, 0L);
  }

  /**
   * Counts the rows that a plan skips by why. Remembers a thousand reasons, so that memory stays
   * bounded whatever the messages say. For one thread at a time.
   */
  private static final class SkipReasons {
    private static final int MOST = 1000;

    /** Reasons whose message names another line, by what the rows have in common. */
    private static final Map<String, String> OF_TWO_ROWS =
        Map.of(
            "repeats", "another row says the same",
            "superseded", "another row has the same key and counts");

    private final Map<PlanSummary.Skipped, Long> rows = new LinkedHashMap<>();
    private long all;

    /** Counts a row that is skipped. */
    void add(RowResult result) {
      all++;
      String code = Objects.requireNonNullElse(result.code(), "");
      String message = Objects.requireNonNullElse(result.message(), "");
      PlanSummary.Skipped why =
          new PlanSummary.Skipped(code, OF_TWO_ROWS.getOrDefault(code, message), 0);
      if (rows.containsKey(why) || rows.size() < MOST) {
        rows.merge(why, 1L, Long::sum);
      }
    }

    /**
     * The reasons of most rows, at most so many, and how many rows have others; among equals the
     * first to be seen.
     */
    List<PlanSummary.Skipped> top(int most) {
      List<PlanSummary.Skipped> top = sorted(most);
      long others = all - top.stream().mapToLong(PlanSummary.Skipped::rows).sum();
      return others == 0
          ? top
          : Stream.concat(
                  top.stream(),
                  Stream.of(
                      new PlanSummary.Skipped("other", "other reasons, see the report", others)))
              .toList();
    }

    private List<PlanSummary.Skipped> sorted(int most) {
      return rows.entrySet().stream()
          .sorted(Map.Entry.<PlanSummary.Skipped, Long>comparingByValue(Comparator.reverseOrder()))
          .limit(most)
          .map(
              entry ->
                  new PlanSummary.Skipped(
                      entry.getKey().code(), entry.getKey().message(), entry.getValue()))
          .toList();
    }
  }
}
