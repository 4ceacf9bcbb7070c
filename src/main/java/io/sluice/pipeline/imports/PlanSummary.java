package io.sluice.pipeline.imports;

import io.sluice.pipeline.insight.lint.PlanFindings;
import io.sluice.plan.Ownership;
import io.sluice.report.Action;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The numbers of a plan.
 *
 * @param accountRows how many records the account holds, as far as was looked
 * @param changes how many rows would be created, updated or deleted, a mirror's deletes included
 * @param unnamed how many of the deletes are of records that no row names
 * @param unchanged how many rows say what the account holds
 * @param skipped how many rows have nothing to do for another reason
 * @param skippedBy why they have nothing to do, the reasons of most rows first
 * @param failed how many rows cannot be planned
 * @param invalid how many rows turned out to be invalid
 * @param finished how many rows an earlier run has finished
 * @param leftBehind how many rows give a value that is not written, by field: it belongs to the
 *     account they come from, or is the end of a new record, which no client can write; and how
 *     many name a day in vain, since their record ends by a field of its own
 * @param owned how many records the run owns, as far as its deletes are measured by that
 * @param heldBy how many rows are left alone for the owners of their records, by owner
 * @param deletesOf how many records are to be deleted of each owner; an empty name stands for
 *     records without an owner
 * @param batched the operations that go in batches
 * @param requests how many calls that change something it takes, if all goes well
 * @param reads how many calls it takes to read the account, for the plan and before a delete
 * @param time how long the quota makes what is to come take at least: of a rehearsal, all calls
 * @param lint what is wrong with what would be written; null if it was not looked at
 */
public record PlanSummary(
    long accountRows,
    Map<Action, Long> changes,
    long unnamed,
    long unchanged,
    long skipped,
    List<Skipped> skippedBy,
    long failed,
    long invalid,
    long finished,
    Map<String, Long> leftBehind,
    long owned,
    Map<String, Long> heldBy,
    Map<String, Long> deletesOf,
    Set<Action> batched,
    long requests,
    long reads,
    Duration time,
    @Nullable PlanFindings lint) {

  /** The same with what lint says of its rows. */
  PlanSummary with(PlanFindings found) {
    return new PlanSummary(
        accountRows,
        changes,
        unnamed,
        unchanged,
        skipped,
        skippedBy,
        failed,
        invalid,
        finished,
        leftBehind,
        owned,
        heldBy,
        deletesOf,
        batched,
        requests,
        reads,
        time,
        found);
  }

  /**
   * Rows that are skipped for the same reason.
   *
   * @param code a short stable name of the reason
   * @param message the reason, for people
   */
  public record Skipped(String code, String message, long rows) {}

  /** Keeps copies. */
  public PlanSummary {
    Map<Action, Long> all = new EnumMap<>(Action.class);
    all.putAll(changes);
    changes = Collections.unmodifiableMap(all);
    skippedBy = List.copyOf(skippedBy);
    leftBehind = Collections.unmodifiableMap(new TreeMap<>(leftBehind));
    heldBy = Collections.unmodifiableMap(new TreeMap<>(heldBy));
    deletesOf = Collections.unmodifiableMap(new TreeMap<>(deletesOf));
    batched = Set.copyOf(batched);
  }

  /** How many changes of that kind there are. */
  public long of(Action action) {
    return changes.getOrDefault(action, 0L);
  }

  /** How many changes there are in all. */
  public long total() {
    return changes.values().stream().mapToLong(Long::longValue).sum();
  }

  /** How many requests it takes in all, as those that were made are counted. */
  public long allRequests() {
    return requests + reads;
  }

  /** How many requests that many of its changes take, a batch being one for many. */
  public long requestsFor(long rows) {
    long total = total();
    return total == 0 ? 0 : (rows * requests + total - 1) / total;
  }

  /** The numbers as the JSON object that scripts read. */
  public ObjectNode json() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("account_rows", accountRows);
    root.put("create", of(Action.CREATE));
    root.put("update", of(Action.UPDATE));
    root.put("delete", of(Action.DELETE));
    root.put("unchanged", unchanged);
    root.put("skipped", skipped);
    root.putArray("skipped_by");
    for (Skipped why : skippedBy) {
      root.withArray("skipped_by")
          .addObject()
          .put("code", why.code())
          .put("message", why.message())
          .put("rows", why.rows());
    }
    root.put("failed", failed);
    root.put("invalid", invalid);
    root.put("finished", finished);
    leftBehind.forEach(root.putObject("left_behind")::put);
    owners(root.putArray("held_by"), heldBy);
    owners(root.putArray("deletes_of"), deletesOf);
    root.put("requests", requests);
    root.put("read_requests", reads);
    root.put("seconds", time.toMillis() / 1000.0);
    if (lint != null) {
      root.set("lint", lint.json());
    }
    return root;
  }

  private static void owners(ArrayNode array, Map<String, Long> rows) {
    rows.forEach(
        (owner, count) ->
            array
                .addObject()
                .put("owner", owner.equals(Ownership.UNOWNED) ? null : owner)
                .put("rows", count));
  }
}
