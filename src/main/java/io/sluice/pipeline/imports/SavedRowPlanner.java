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
import io.sluice.plan.Lifetime;
import io.sluice.plan.Match;
import io.sluice.plan.Origin;
import io.sluice.plan.OwnerCounts;
import io.sluice.plan.Ownership;
import io.sluice.plan.RecordDiff;
import io.sluice.plan.Step;
import io.sluice.plan.Tagging;
import io.sluice.report.Action;
import io.sluice.report.Outcome;
import io.sluice.report.RowResult;
import io.sluice.report.journal.RowState;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  private final Ownership ownership;
  private final Tagging tagging;
  private final OwnerCounts deletes = new OwnerCounts();

  SavedRowPlanner(ImportState.Known known, SavedInput input, Consumer<RunEvent> events)
      throws IOException {
    RunContext run = known.validated().run();
    ImportRequest request = run.request();
    this.resource = request.resource();
    this.origin = request.origin();
    this.ownership = request.ownership();
    this.tagging = new Tagging(resource, ownership, run.today(), origin, request.names());
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

  @Override
  public PlanBuilder.Totals totals() throws IOException {
    long owned = ownership.owner() == null ? total : tagging.owned(index);
    return new PlanBuilder.Totals(Map.of(), owned, Map.of(), deletes.byOwner());
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
    if (alike(held, now.fields())) {
      return kept(pending, inRow, step(change, now));
    }
    boolean own =
        begun == Action.UPDATE
            && Differences.between(resource, change.body(), now.fields(), origin).isEmpty();
    return own ? done(pending, change.id()) : moved(pending, change.id(), since(held, now));
  }

  /** A record may also end otherwise than planned by a field that no client can write. */
  private boolean alike(ObjectNode held, ObjectNode now) {
    return RecordDiff.between(resource, held, now, Origin.THIS_ACCOUNT).isEmpty()
        && Objects.equals(Lifetime.lastDay(resource, held), Lifetime.lastDay(resource, now));
  }

  private Step step(Change change, AccountRecord now) {
    if (change.action() == Action.DELETE) {
      deletes.add(tagging.owner(now.fields()));
      return Step.Delete.of(resource, now);
    }
    return new Step.Edit(
        now, Differences.between(resource, change.body(), now.fields(), origin), change.body());
  }

  /** The changed fields of the record. */
  private String since(ObjectNode held, AccountRecord now) {
    List<FieldChange> changes =
        Differences.between(resource, now.fields(), held, Origin.THIS_ACCOUNT);
    String fields =
        changes.stream()
            .map(one -> one.field() + " was " + one.before() + " and is " + one.after())
            .collect(Collectors.joining(", "));
    LocalDate before = Lifetime.lastDay(resource, held);
    LocalDate after = Lifetime.lastDay(resource, now.fields());
    if (fields.isEmpty() && !Objects.equals(before, after)) {
      fields = "its last day was " + day(before) + " and is " + day(after);
    }
    return "the record is not as it was planned" + (fields.isEmpty() ? "" : ": " + fields);
  }

  private static String day(@Nullable LocalDate last) {
    return last == null ? "none" : last.toString();
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
