package io.sluice.plan;

import static io.sluice.plan.Step.Nothing.failed;
import static io.sluice.plan.Step.Nothing.invalid;
import static io.sluice.plan.Step.Nothing.skipped;

import io.sluice.catalog.Ability;
import io.sluice.catalog.Fault;
import io.sluice.catalog.Resource;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Decides what rows would do to an account, given in the order of the input. The same rows over the
 * same account are always planned the same. Blocking; not safe for use by several threads.
 */
public final class Planner implements Closeable {
  private final PlanRequest request;
  private final Resource resource;
  private final AccountIndex index;
  private final SeenKeys seen;
  private final Tagging tagging;
  private final StepRules rules;
  private final OwnerCounts heldBy = new OwnerCounts();
  private final OwnerCounts deletes = new OwnerCounts();
  private final BitSet doubtful = new BitSet();

  /**
   * A planner that has seen no row.
   *
   * @param index the account's records; stays open when the planner is closed
   * @param scratch an existing directory for what does not fit into memory
   */
  public Planner(PlanRequest request, AccountIndex index, Path scratch) {
    this.request = request;
    this.resource = request.resource();
    this.index = index;
    this.tagging = request.tagging();
    this.seen = new SeenKeys(request, scratch);
    this.rules = new StepRules(request);
  }

  /**
   * What the next row does. The row is not changed.
   *
   * @param row what the input says, with what follows from it filled in
   * @param unlessHeld what is wrong with the row, unless the account holds exactly what it says;
   *     none of a row that is sound
   * @throws IOException if the account's records cannot be read
   * @throws java.io.UncheckedIOException if the scratch directory cannot be written
   */
  public Step plan(ObjectNode row, List<Fault> unlessHeld) throws IOException {
    Match match = index.match(row, request.origin());
    SeenKeys.Standing standing = claimed(match, row);
    AccountRecord held = match instanceof Match.Found found ? found.record() : null;
    if (match instanceof Match.Unclear unclear) {
      return failed(null, unclear.code(), unclear.message());
    } else if (standing == SeenKeys.Standing.REPEATS
        || (standing == SeenKeys.Standing.CONTRADICTS && request.mode() == Mode.DELETE)) {
      return skipped(held, "repeats", "an earlier row says the same of this record");
    } else if (standing == SeenKeys.Standing.CONTRADICTS) {
      return failed(held, "same_record", "an earlier row names this record and says otherwise");
    }
    return held == null
        ? rules.absent(tagging.fresh(row), unlessHeld)
        : owned(row, held, unlessHeld);
  }

  /** How many rows have been left alone for the owners of their records, by owner. */
  public Map<String, Long> heldBy() {
    return heldBy.byOwner();
  }

  /** How many records are to be deleted so far, by owner. */
  public Map<String, Long> deletes() {
    return deletes.byOwner();
  }

  /** How many records of the account the run owns; all of them for a run without an owner. */
  public long own() throws IOException {
    return request.ownership().owner() == null ? index.size() : tagging.owned(index);
  }

  /** True if the record is another owner's, so that it is never deleted for lack of a row. */
  public boolean spares(AccountRecord held) {
    return request.ownership().spares(tagging.owner(held.fields()));
  }

  /**
   * Notes what a row names without planning it: one whose outcome an earlier run has settled.
   *
   * @throws IOException if the account's records cannot be read
   */
  public void claim(ObjectNode row) throws IOException {
    claimed(index.match(row, request.origin()), row);
  }

  /**
   * The records that no row has named, nor might have named, in the account's order: what a mirror
   * deletes. To be asked when all rows are planned.
   */
  public IntStream unnamed() {
    return IntStream.range(0, index.size())
        .filter(ordinal -> !seen.has(ordinal) && !doubtful.get(ordinal));
  }

  /**
   * What becomes of such a record: it is deleted, or skipped with the reason. What nobody could
   * make again is left alone.
   *
   * @throws IOException if it cannot be read
   */
  public Step unnamed(int ordinal) throws IOException {
    AccountRecord held = index.record(ordinal);
    Step step = rules.deletion(held);
    WriteRestriction restriction = WriteRestriction.gone(resource, held.fields());
    return restriction != null && step instanceof Step.Delete
        ? skipped(held, restriction.code(), restriction.message())
        : counted(step);
  }

  private SeenKeys.Standing claimed(Match match, ObjectNode row) {
    if (match instanceof Match.Found found) {
      return seen.found(found.record(), row);
    } else if (match instanceof Match.Unclear unclear) {
      unclear.records().forEach(held -> doubtful.set(held.ordinal()));
    } else if (request.mode().creates() && resource.can(Ability.CREATE)) {
      return seen.absent(row);
    }
    return SeenKeys.Standing.FIRST;
  }

  private Step owned(ObjectNode row, AccountRecord held, List<Fault> unlessHeld) {
    Tagging.Result tagged =
        request.mode() == Mode.DELETE ? deleted(row, held) : tagging.onto(row, held.fields());
    if (tagged instanceof Tagging.Result.HeldBy other) {
      heldBy.add(tagging.owner(held.fields()));
      return skipped(held, Tagging.HELD_BY, other.message());
    } else if (tagged instanceof Tagging.Result.Unfit unfit) {
      return invalid(held, List.of(unfit.fault()));
    }
    ObjectNode said = tagged instanceof Tagging.Result.Fits fits ? fits.row() : row;
    return counted(rules.held(said, held, unlessHeld));
  }

  private Step counted(Step step) {
    if (step instanceof Step.Delete delete) {
      deletes.add(tagging.owner(delete.held().fields()));
    }
    return step;
  }

  /** Of a row that deletes the comment does not matter. */
  private Tagging.Result deleted(ObjectNode row, AccountRecord held) {
    String other = tagging.heldBy(held.fields());
    return other == null ? new Tagging.Result.Fits(row) : new Tagging.Result.HeldBy(other);
  }

  @Override
  public void close() {
    seen.close();
  }
}
