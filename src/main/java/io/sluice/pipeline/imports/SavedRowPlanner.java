package io.sluice.pipeline.imports;

import io.sluice.catalog.Resource;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.imports.apply.Change;
import io.sluice.pipeline.imports.results.JournalReplay;
import io.sluice.pipeline.imports.saved.SavedInput;
import io.sluice.pipeline.imports.saved.SavedRow;
import io.sluice.pipeline.imports.saved.SavedRows;
import io.sluice.plan.AccountIndex;
import io.sluice.plan.AccountRecord;
import io.sluice.plan.Differences;
import io.sluice.plan.FieldChange;
import io.sluice.plan.Match;
import io.sluice.plan.Origin;
import io.sluice.plan.RecordDiff;
import io.sluice.plan.Step;
import io.sluice.report.Action;
import io.sluice.report.Outcome;
import io.sluice.report.RowResult;
import io.sluice.report.journal.RowState;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compares the changes of a saved plan with the account: one whose record is as it was planned
 * stays, any other is skipped. Nothing else is planned. Blocking; for one thread at a time.
 */
final class SavedRowPlanner implements PlanBuilder.Source {
  private final Resource resource;
  private final Origin origin;
  private final SavedInput input;
  private final SavedRows rows;
  private final AccountIndex index;
  private final boolean offered;
  private final long total;
  private final JournalReplay past;
  private final Consumer<RunEvent> events;

  SavedRowPlanner(ImportState.Known known, SavedInput input, Consumer<RunEvent> events)
      throws IOException {
    RunContext run = known.validated().run();
    this.resource = run.request().resource();
    this.origin = run.request().origin();
    this.past = run.past();
    this.events = events;
    this.index = known.account().index();
    this.total = known.account().total();
    this.offered = known.account().unavailable() == null;
    this.input = input;
    this.rows = input.open();
  }

  @Override
  public @Nullable PlannedRow next() throws IOException {
    SavedRow saved = rows.next();
    input.note(saved);
    return saved == null ? null : compared(saved, past.row(saved.row().number()));
  }

  @Override
  public @Nullable PlannedRow nextUnnamed() throws IOException {
    SavedRow saved = rows.nextUnnamed();
    if (saved == null) {
      return null;
    }
    String id =
        saved.row() instanceof PlannedRow.Pending pending
            ? pending.change().id()
            : ((PlannedRow.Settled) saved.row()).result().id();
    return compared(saved, past.delete(id == null ? "" : id));
  }

  // What a plan of an owner may delete was measured when it was made.
  @Override
  public PlanBuilder.Totals totals() {
    return new PlanBuilder.Totals(Map.of(), total, Map.of(), Map.of());
  }

  private PlannedRow compared(SavedRow saved, RowState state) throws IOException {
    PlannedRow row = saved.row();
    if (row instanceof PlannedRow.Settled settled && settled.byInput()) {
      return row;
    } else if (state instanceof RowState.Finished finished) {
      return new PlannedRow.Kept(row.number(), finished.outcome(), row.notes());
    }
    return row instanceof PlannedRow.Pending pending ? compared(pending, saved, state) : row;
  }

  private PlannedRow compared(PlannedRow.Pending pending, SavedRow saved, RowState state)
      throws IOException {
    if (!offered) {
      return moved(pending, null, "the account does not offer such records any more");
    }
    Action begun = state instanceof RowState.Intended sent ? sent.action() : Action.NONE;
    ObjectNode held = saved.held();
    return pending.change().action() == Action.CREATE || held == null
        ? create(pending, saved.inRow(), begun)
        : editOrDelete(pending, saved.inRow(), held, begun);
  }

  private PlannedRow create(PlannedRow.Pending pending, long inRow, Action begun)
      throws IOException {
    Change change = pending.change();
    Match match = index.match(change.said(), origin);
    if (match instanceof Match.Absent) {
      return kept(pending, inRow, new Step.Create(change.body()));
    } else if (match instanceof Match.Unclear unclear) {
      return moved(pending, null, unclear.message());
    }
    AccountRecord there = ((Match.Found) match).record();
    boolean own =
        begun == Action.CREATE
            && Differences.between(resource, change.body(), there.fields(), origin).isEmpty();
    return own
        ? done(pending, there.id())
        : moved(pending, there.id(), "the account got a record with this key meanwhile");
  }

  private PlannedRow editOrDelete(
      PlannedRow.Pending pending, long inRow, ObjectNode held, Action begun) throws IOException {
    Change change = pending.change();
    AccountRecord now = index.withId(String.valueOf(change.id())).orElse(null);
    if (now == null) {
      return begun == Action.DELETE
          ? done(pending, change.id())
          : moved(pending, change.id(), "the record is gone");
    }
    if (RecordDiff.between(resource, held, now.fields(), Origin.THIS_ACCOUNT).isEmpty()) {
      return kept(pending, inRow, step(change, now));
    }
    boolean own =
        begun == Action.UPDATE
            && Differences.between(resource, change.body(), now.fields(), origin).isEmpty();
    return own ? done(pending, change.id()) : moved(pending, change.id(), since(held, now));
  }

  private Step step(Change change, AccountRecord now) {
    return change.action() == Action.DELETE
        ? Step.Delete.of(resource, now)
        : new Step.Edit(
            now, Differences.between(resource, change.said(), now.fields(), origin), change.body());
  }

  /** The changed fields of the record. */
  private String since(ObjectNode held, AccountRecord now) {
    List<FieldChange> changes =
        Differences.between(resource, now.fields(), held, Origin.THIS_ACCOUNT);
    String fields =
        changes.stream()
            .map(one -> one.field() + " was " + one.before() + " and is " + one.after())
            .collect(Collectors.joining(", "));
    return "the record is not as it was planned" + (fields.isEmpty() ? "" : ": " + fields);
  }

  private PlannedRow kept(PlannedRow.Pending pending, long inRow, Step step) {
    Change change = pending.change();
    events.accept(new RunEvent.ChangePlanned(resource, inRow, change.line(), change.key(), step));
    return pending;
  }

  private static PlannedRow done(PlannedRow.Pending pending, @Nullable String id) {
    Change change = pending.change();
    return new PlannedRow.Settled(change.result(change.goal(), id), false, pending.notes());
  }

  private static PlannedRow moved(PlannedRow.Pending pending, @Nullable String id, String why) {
    RowResult result =
        pending.change().untouched(Outcome.SKIPPED, id).because(RowResult.MOVED, null, why);
    return new PlannedRow.Settled(result, false, pending.notes());
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
