package io.sluice.pipeline.imports;

import io.sluice.catalog.CommentTag;
import io.sluice.catalog.NaturalKey;
import io.sluice.catalog.Resource;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.imports.apply.Change;
import io.sluice.pipeline.imports.apply.ReplayedOutcome;
import io.sluice.pipeline.imports.input.CheckedInput;
import io.sluice.pipeline.imports.input.ValidatedRow;
import io.sluice.pipeline.imports.results.JournalReplay;
import io.sluice.pipeline.imports.results.RowNotes;
import io.sluice.pipeline.imports.results.RowResults;
import io.sluice.plan.AccountIndex;
import io.sluice.plan.AccountRecord;
import io.sluice.plan.Differences;
import io.sluice.plan.Lifetime;
import io.sluice.plan.Match;
import io.sluice.plan.PlanRequest;
import io.sluice.plan.Planner;
import io.sluice.plan.Step;
import io.sluice.plan.Tagging;
import io.sluice.report.Action;
import io.sluice.report.Outcome;
import io.sluice.report.RowResult;
import io.sluice.report.journal.RowState;
import io.sluice.snapshot.Unavailable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plans the rows of an input one by one; then, where a mirror asks for it, the records that no row
 * names. Blocking; for one thread at a time.
 */
final class RowPlanner implements PlanBuilder.Source {
  private final Resource resource;
  private final CheckedInput input;
  private final CheckedInput.Rows rows;
  private final Planner planner;
  private final Tagging tagging;
  private final AccountIndex index;
  private final JournalReplay past;
  private final ImportRequest request;
  private final Consumer<RunEvent> events;
  private final @Nullable Unavailable unavailable;
  private final long total;
  private final Map<String, Long> leftBehind = new TreeMap<>();
  private PrimitiveIterator.@Nullable OfInt unnamed;
  private @Nullable Iterator<JournalReplay.OpenDelete> open;

  /**
   * @param scratch a directory for what does not fit into memory
   * @param events receives each change that is planned
   */
  RowPlanner(ImportState.Known known, Path scratch, Consumer<RunEvent> events) throws IOException {
    RunContext run = known.validated().run();
    this.request = run.request();
    this.resource = request.resource();
    this.past = run.past();
    this.events = events;
    this.input = known.validated().file();
    this.index = known.account().index();
    this.total = known.account().total();
    this.unavailable = known.account().unavailable();
    this.rows = input.open();
    PlanRequest plan =
        new PlanRequest(
            resource,
            request.mode(),
            request.origin(),
            request.rows().level(),
            request.allowUnprotect(),
            input.distinct(),
            request.ownership(),
            run.today(),
            request.expiredBefore(),
            request.names());
    this.tagging = plan.tagging();
    this.planner = new Planner(plan, index, scratch);
  }

  @Override
  public @Nullable PlannedRow next() throws IOException {
    ValidatedRow row = rows.next();
    return row == null ? null : planned(row);
  }

  @Override
  public PlanBuilder.Totals totals() throws IOException {
    boolean byOwner = request.ownership().owner() != null && request.mode().deletes();
    return new PlanBuilder.Totals(
        leftBehind, byOwner ? planner.own() : total, planner.heldBy(), planner.deletes());
  }

  @Override
  public @Nullable PlannedRow nextUnnamed() throws IOException {
    if (unnamed == null) {
      unnamed = planner.unnamed().iterator();
    }
    AccountRecord held = null;
    while (unnamed.hasNext() && held == null) {
      AccountRecord next = index.record(unnamed.nextInt());
      held = planner.spares(next) ? null : next;
    }
    if (held == null) {
      return nextGone();
    }
    String key = NaturalKey.text(resource, held.fields()).orElse("");
    if (past.delete(held.id()) instanceof RowState.Finished finished) {
      return new PlannedRow.Kept(0, finished.outcome(), RowNotes.NONE);
    }
    Step step = planner.unnamed(held.ordinal());
    if (step instanceof Step.Nothing nothing) {
      return settled(RowResults.ofUnnamed(held.id(), key, nothing), RowNotes.NONE);
    }
    events.accept(new RunEvent.ChangePlanned(resource, 0, 0, key, step));
    return new PlannedRow.Pending(Change.of(0, 0, key, step, held.fields()), RowNotes.NONE);
  }

  /** The next record that an earlier process meant to delete, and that is not there any more. */
  private @Nullable PlannedRow nextGone() throws IOException {
    if (open == null) {
      open = past.openDeletes().iterator();
    }
    while (open.hasNext()) {
      JournalReplay.OpenDelete delete = open.next();
      if (!index.holds(delete.id())) {
        return settled(gone(delete), RowNotes.NONE);
      }
    }
    return null;
  }

  private static RowResult gone(JournalReplay.OpenDelete delete) {
    return delete.begun()
        ? RowResult.uncalled(0, 0, Outcome.DELETED, Action.DELETE, delete.id(), delete.key())
        : RowResult.uncalled(0, 0, Outcome.SKIPPED, Action.NONE, delete.id(), delete.key())
            .because(RowResult.NOT_FOUND, null, "the record was deleted meanwhile");
  }

  private PlannedRow planned(ValidatedRow row) throws IOException {
    RowNotes notes = RowNotes.of(row);
    RowResult byInput = RowResults.ofValidation(resource, row);
    if (byInput != null) {
      return new PlannedRow.Settled(byInput, true, notes);
    }
    ObjectNode record = row.record();
    Differences.leftBehind(resource, record, request.origin())
        .forEach(field -> leftBehind.merge(field, 1L, Long::sum));
    RowState state = past.row(row.number());
    if (state instanceof RowState.Finished finished) {
      planner.claim(record);
      return new PlannedRow.Kept(row.number(), finished.outcome(), notes);
    }
    String key = RowResults.key(resource, record);
    if (unavailable != null) {
      return settled(RowResults.of(row.number(), row.line(), key, withoutKind(unavailable)), notes);
    }
    Step step = planner.plan(record, row.unlessHeld());
    if (step instanceof Step.Create) {
      Differences.endLost(resource, record)
          .forEach(field -> leftBehind.merge(field, 1L, Long::sum));
    }
    if (step instanceof Step.Edit edit
        && saysEnd(record)
        && Lifetime.hasOwnEnd(resource, edit.held().fields())) {
      leftBehind.merge(CommentTag.EXPIRES.path(), 1L, Long::sum);
    }
    if (key.equals(record.path("id").asString(""))) {
      key = keyOfHeld(step, key);
    }
    PlannedRow planned =
        step instanceof Step.Nothing nothing
            ? settled(RowResults.of(row.number(), row.line(), key, nothing), notes)
            : new PlannedRow.Pending(Change.of(row.number(), row.line(), key, step, record), notes);
    if (state instanceof RowState.Intended begun) {
      planned = ReplayedOutcome.outcome(begun.action(), planned, () -> heldAlike(record));
    }
    if (planned instanceof PlannedRow.Pending) {
      events.accept(
          new RunEvent.ChangePlanned(resource, input.row(row.number()), row.line(), key, step));
    }
    return planned;
  }

  /** True if the row or the run names a day for the comment. */
  private boolean saysEnd(ObjectNode record) {
    return request.ownership().expires() != null || record.hasNonNull(CommentTag.EXPIRES.path());
  }

  /** The key of the record that a row names by its id alone. */
  private String keyOfHeld(Step step, String key) {
    if (step instanceof Step.Delete delete) {
      return RowResults.key(resource, delete.held().fields());
    }
    return step instanceof Step.Edit edit ? RowResults.key(resource, edit.held().fields()) : key;
  }

  private static PlannedRow settled(RowResult result, RowNotes notes) {
    return new PlannedRow.Settled(result, false, notes);
  }

  private static Step.Nothing withoutKind(Unavailable why) {
    String message = "the account does not offer such records (" + why.reason() + ")";
    return new Step.Nothing(Step.Nothing.Why.SKIPPED, null, "unavailable_kind", message, List.of());
  }

  /** True if the account holds just what the row says. */
  private boolean heldAlike(ObjectNode record) throws IOException {
    return index.match(record, request.origin()) instanceof Match.Found found
        && tagging.onto(record, found.record().fields()) instanceof Tagging.Result.Fits said
        && Differences.between(resource, said.row(), found.record().fields(), request.origin())
            .isEmpty();
  }

  @Override
  public void close() throws IOException {
    try {
      rows.close();
    } finally {
      planner.close();
    }
  }
}
