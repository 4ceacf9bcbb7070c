package io.sluice.pipeline.imports;

import io.sluice.api.Listing;
import io.sluice.catalog.RecordJson;
import io.sluice.flow.Blocking;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.ListingReader;
import io.sluice.pipeline.RowSink;
import io.sluice.pipeline.imports.apply.Change;
import io.sluice.plan.Lifetime;
import io.sluice.plan.Tagging;
import io.sluice.report.Action;
import io.sluice.report.Outcome;
import io.sluice.report.RowResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * Looks at the account once more before records are deleted for their owner or their end: one that
 * has come to another owner, or was renewed, since the plan was made is left alone.
 */
final class DeleteRecheck {
  private final AccountSession session;
  private final ImportRequest request;
  private final Tagging tagging;

  /** Why a record stays. */
  private record Reason(String code, String message) {}

  DeleteRecheck(AccountSession session, ImportRequest request, Tagging tagging) {
    this.session = session;
    this.request = request;
    this.tagging = tagging;
  }

  /** True if owner or end decide what such a plan deletes. */
  static boolean isNeeded(ImportRequest request, long deletes) {
    return deletes > 0
        && request.mode().deletes()
        && (request.ownership().owner() != null || request.expiredBefore() != null);
  }

  /**
   * The rows with those that stay settled.
   *
   * @param rows reads the planned rows from their beginning, each time it is asked
   * @param scratch an existing directory
   */
  Mono<PlannedRow.Rows> of(Callable<PlannedRow.Rows> rows, Path scratch) {
    return Blocking.call(() -> deletes(rows.call()))
        .flatMap(
            ids ->
                new ListingReader(session, scratch)
                    .read(
                        Listing.of(request.resource()),
                        () -> new Spared(ids),
                        ListingReader.Watcher.NONE,
                        Long.MAX_VALUE))
        .flatMap(
            result -> {
              Map<String, Reason> spared = result.sink().reasons;
              return Blocking.call(rows).map(from -> () -> kept(from.next(), spared));
            });
  }

  private static Set<String> deletes(PlannedRow.Rows rows) throws IOException {
    Set<String> ids = new HashSet<>();
    for (PlannedRow row = rows.next(); row != null; row = rows.next()) {
      if (row instanceof PlannedRow.Pending pending
          && pending.change().action() == Action.DELETE
          && pending.change().id() != null) {
        ids.add(pending.change().id());
      }
    }
    return ids;
  }

  private static @Nullable PlannedRow kept(@Nullable PlannedRow row, Map<String, Reason> spared) {
    if (!(row instanceof PlannedRow.Pending pending)) {
      return row;
    }
    Change change = pending.change();
    Reason why = change.id() == null ? null : spared.get(change.id());
    if (why == null || change.action() != Action.DELETE) {
      return row;
    }
    RowResult result =
        change.untouched(Outcome.SKIPPED, change.id()).because(why.code(), null, why.message());
    return new PlannedRow.Settled(result, false, pending.notes());
  }

  private @Nullable Reason reason(ObjectNode record) {
    String other = tagging.heldBy(record);
    LocalDate before = request.expiredBefore();
    LocalDate last = Lifetime.lastDay(request.resource(), record);
    if (other != null) {
      return new Reason(Tagging.HELD_BY, other);
    } else if (before != null && (last == null || !last.isBefore(before))) {
      return new Reason(
          "renewed", last == null ? "it no longer has an end" : "its last day is now " + last);
    }
    return null;
  }

  /** Finds, among the records that are to be deleted, those that stay. */
  private final class Spared implements RowSink {
    private final Set<String> ids;
    private final Map<String, Reason> reasons = new HashMap<>();

    Spared(Set<String> ids) {
      this.ids = ids;
    }

    @Override
    public void write(byte[] lines, int from, int to, int rows) throws IOException {
      RecordJson.lines(
          lines, from, to, (start, end) -> look(RecordJson.parse(lines, start, end, 1)));
    }

    private void look(ObjectNode record) {
      String id = record.path("id").asString("");
      Reason why = ids.contains(id) ? reason(record) : null;
      if (why != null) {
        reasons.put(id, why);
      }
    }

    @Override
    public void discard() {}

    @Override
    public void close() {}
  }
}
