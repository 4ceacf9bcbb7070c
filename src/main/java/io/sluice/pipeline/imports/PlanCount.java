package io.sluice.pipeline.imports;

import io.sluice.api.Listing;
import io.sluice.catalog.Ability;
import io.sluice.catalog.Resource;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.imports.apply.Change;
import io.sluice.pipeline.imports.results.JournalReplay;
import io.sluice.report.Action;
import io.sluice.report.Outcome;
import io.sluice.report.RowResult;
import java.io.IOException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Goes through a plan once to learn what it comes to. Blocking. */
final class PlanCount {
  private static final int WORTH_A_BATCH = 20;
  private static final int BATCH = 1000;

  private final ImportPlan plan;
  private final ImportListener listener;
  private final StopSignal stop;
  private final Map<Action, Long> changes = new EnumMap<>(Action.class);
  private final Map<Outcome, Long> told = new EnumMap<>(Outcome.class);
  private long kept;
  private long rows;

  PlanCount(ImportPlan plan, ImportListener listener, StopSignal stop) {
    this.plan = plan;
    this.listener = listener;
    this.stop = stop;
  }

  /**
   * What the plan comes to.
   *
   * @param reads how many requests it took to read the account
   */
  PlanSummary count(JournalReplay past, AccountSession session, long reads) throws IOException {
    long unnamed = 0;
    Map<String, Long> leftBehind;
    try (PlannedRows planned = new PlannedRows(plan, past)) {
      for (PlannedRow row = planned.next(); row != null; row = planned.next()) {
        stop.check();
        take(row);
        listener.planning(++rows);
      }
      leftBehind = planned.leftBehind();
      if (plan.request().mode() == io.sluice.plan.Mode.MIRROR) {
        long before = changes.getOrDefault(Action.DELETE, 0L);
        for (PlannedRow row = planned.nextUnnamed(); row != null; row = planned.nextUnnamed()) {
          stop.check();
          if (row instanceof PlannedRow.Todo) {
            take(row);
          }
        }
        unnamed = changes.getOrDefault(Action.DELETE, 0L) - before;
      }
    }
    Set<Action> batched = batched(plan.request());
    long requests = requests(batched);
    long reading = reads + toSave();
    // What is read is read again by the run that follows a rehearsal, and by no other.
    long ahead = requests + (plan.request().dryRun() ? reading : toSave());
    return new PlanSummary(
        plan.account().total(),
        changes,
        unnamed,
        of(Outcome.UNCHANGED),
        of(Outcome.SKIPPED),
        of(Outcome.FAILED),
        of(Outcome.INVALID),
        kept + of(Outcome.CREATED) + of(Outcome.UPDATED) + of(Outcome.DELETED),
        leftBehind,
        batched,
        requests,
        reading,
        session.forecast(ahead));
  }

  /** How many requests it takes to list what is saved before the first delete. */
  private long toSave() {
    boolean deletes = changes.getOrDefault(Action.DELETE, 0L) > 0;
    return deletes && plan.request().safetySnapshot()
        ? Math.max(1, (plan.account().total() + Listing.LARGEST_PAGE - 1) / Listing.LARGEST_PAGE)
        : 0;
  }

  private void take(PlannedRow row) {
    if (row instanceof PlannedRow.Kept) {
      kept++;
    } else if (row instanceof PlannedRow.Told planned) {
      RowResult result = planned.result();
      told.merge(result.outcome(), 1L, Long::sum);
    } else if (row instanceof PlannedRow.Todo todo) {
      Change change = todo.change();
      changes.merge(change.action(), 1L, Long::sum);
      listener.planned(plan.input().row(change.row()), change.line(), change.key(), todo.step());
    }
  }

  private Set<Action> batched(ImportRequest request) {
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
      requests += batched.contains(change.getKey()) ? (count + BATCH - 1) / BATCH : count;
    }
    return requests;
  }

  private long of(Outcome outcome) {
    return told.getOrDefault(outcome, 0L);
  }
}
