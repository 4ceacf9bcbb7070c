package io.sluice.pipeline.imports.apply;

import io.sluice.api.BatchRequest;
import io.sluice.pipeline.imports.PlannedRow;
import io.sluice.report.Action;
import io.sluice.report.Outcome;
import io.sluice.report.RowResult;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Cuts planned rows into what is done at a time: a result to note, a few rows to send, or a batch
 * of rows of one kind. Blocking; for one thread at a time.
 */
final class WorkBatcher {
  private final PlannedRow.Rows rows;
  private final Set<Action> batched;
  private final IntentSize size;
  private final Halt halt;
  private final Map<Kind, List<PendingChange>> growing = new LinkedHashMap<>();
  private List<PendingChange> single = new ArrayList<>();
  private int singles;
  private final Deque<Unit> last = new ArrayDeque<>();
  private boolean ended;

  /** What goes into one batch, with one intent. */
  private record Kind(Action action, Outcome goal) {}

  /** What is done at a time. */
  sealed interface Unit {
    /** A row that has its outcome. */
    record Note(RowResult result) implements Unit {}

    /** A row that has kept its outcome. */
    record Keep(PlannedRow.Kept row) implements Unit {}

    /** Rows, each for a call of its own, whose intents are noted together. */
    record Singles(List<PendingChange> items) implements Unit {}

    /** Rows for one call. */
    record Batch(List<PendingChange> items) implements Unit {}
  }

  /**
   * @param batched the actions that go in batches
   * @param size how many other rows go together at most
   * @param halt ends it early
   */
  WorkBatcher(PlannedRow.Rows rows, Set<Action> batched, IntentSize size, Halt halt) {
    this.rows = rows;
    this.batched = batched;
    this.size = size;
    this.halt = halt;
  }

  /** The next one; null when there is none left, or the run has halted. */
  @Nullable Unit next() throws IOException {
    while (!ended && !halt.on()) {
      PlannedRow row = rows.next();
      if (row == null) {
        ended = true;
        growing.values().forEach(items -> last.add(new Unit.Batch(items)));
        last.addAll(rest());
      } else if (row instanceof PlannedRow.Settled settled) {
        return new Unit.Note(settled.result());
      } else if (row instanceof PlannedRow.Kept kept) {
        return new Unit.Keep(kept);
      } else if (row instanceof PlannedRow.Pending pending) {
        Unit ready = add(new PendingChange(pending.change(), new CallStats()));
        if (ready != null) {
          return ready;
        }
      }
    }
    return halt.on() ? null : last.poll();
  }

  private @Nullable Unit add(PendingChange item) {
    Action action = item.change().action();
    if (!batched.contains(action)) {
      if (single.isEmpty()) {
        singles = size.next();
      }
      single.add(item);
      return single.size() < singles ? null : rest().get(0);
    }
    Kind kind = new Kind(action, item.change().goal());
    List<PendingChange> batch = growing.computeIfAbsent(kind, same -> new ArrayList<>());
    batch.add(item);
    if (batch.size() < BatchRequest.LARGEST) {
      return null;
    }
    growing.remove(kind);
    return new Unit.Batch(batch);
  }

  /** The rows for calls of their own that wait for each other, if there are any. */
  private List<Unit> rest() {
    List<PendingChange> items = single;
    single = new ArrayList<>();
    return items.isEmpty() ? List.of() : List.of(new Unit.Singles(items));
  }
}
