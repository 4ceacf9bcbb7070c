package io.sluice.pipeline.imports.apply;

import io.sluice.catalog.Resource;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.imports.PlannedRow;
import io.sluice.report.Action;
import io.sluice.report.Counts;
import io.sluice.report.Outcome;
import io.sluice.report.RowResult;
import io.sluice.report.Tally;
import io.sluice.report.journal.Journal;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Notes what is about to be sent and what became of it, and stops a run that fails too often. */
public final class Recorder {
  private final Journal journal;
  private final ErrorLimit maxErrors;
  private final Halt halt;
  private final Resource resource;
  private final Consumer<RunEvent> events;
  private final LongUnaryOperator rows;
  private final Tally tally = new Tally();

  /**
   * @param rows the row of a record, by the record's number
   */
  public Recorder(
      Journal journal,
      ErrorLimit maxErrors,
      Halt halt,
      Resource resource,
      Consumer<RunEvent> events,
      LongUnaryOperator rows) {
    this.journal = journal;
    this.maxErrors = maxErrors;
    this.halt = halt;
    this.resource = resource;
    this.events = events;
    this.rows = rows;
  }

  /** Completes once it is on the disk that these changes are about to be sent. */
  public Mono<Void> intent(List<PendingChange> items) {
    List<Change> changes = items.stream().map(PendingChange::change).toList();
    if (changes.get(0).row() == 0) {
      return journal.deleteIntent(
          changes.stream().map(change -> String.valueOf(change.id())).toList(),
          changes.stream().map(Change::key).toList());
    }
    Map<Action, List<Change>> kinds =
        changes.stream().collect(Collectors.groupingBy(Change::reportedAction));
    return Flux.fromIterable(kinds.entrySet())
        .flatMap(
            kind ->
                journal.intent(
                    kind.getKey(), kind.getValue().stream().mapToLong(Change::row).toArray()))
        .then();
  }

  /** Notes a row's outcome. */
  public Mono<Void> record(RowResult result) {
    return Mono.defer(
        () -> {
          tally.add(result);
          if (result.outcome() == Outcome.FAILED) {
            haltIfTooMany();
          }
          // In the journal first: whoever counts rows must not be ahead of it after a crash.
          return journal.result(result).doOnSuccess(noted -> finished(result, false));
        });
  }

  /** Counts a row that an earlier process has finished. */
  public void keep(PlannedRow.Kept kept) {
    RowResult result = RowResult.uncalled(kept.number(), 0, kept.outcome(), Action.NONE, null, "");
    tally.add(result);
    finished(result, true);
  }

  private void finished(RowResult result, boolean earlier) {
    RowResult ofRow = result.withoutRow() ? result : result.ofRow(rows.applyAsLong(result.row()));
    events.accept(new RunEvent.RowFinished(resource, ofRow, earlier));
  }

  /** How many failed, mirrored deletes not counted, are beyond what the user allows. */
  private void haltIfTooMany() {
    maxErrors.exceededBy(tally.rows()).ifPresent(halt::because);
  }

  /** True if no row so far stands in the way of deleting what the input lacks. */
  public boolean flawless() {
    Counts sofar = tally.rows();
    return sofar.of(Outcome.FAILED)
            + sofar.of(Outcome.UNKNOWN)
            + sofar.of(Outcome.UNPROCESSED)
            + sofar.of(Outcome.INVALID)
        == 0;
  }
}
