package io.sluice.pipeline.imports.apply;

import io.sluice.plan.Step;
import io.sluice.report.Action;
import io.sluice.report.Outcome;
import io.sluice.report.RowResult;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One change to be made for one row; or for no row, where a mirror deletes.
 *
 * @param row the number of the row's record among all records, which is the row's own for the first
 *     of a row; or 0
 * @param line its line, or 0
 * @param key how people recognise it
 * @param action what is done
 * @param goal what the row becomes when it is done; not always what the action says: a record that
 *     an earlier, lost call created may only need an edit
 * @param id the record, unless it is to be created
 * @param body what is sent; without meaning for a delete
 * @param said what the row itself says, without what was filled in
 */
public record Change(
    long row,
    long line,
    String key,
    Action action,
    Outcome goal,
    @Nullable String id,
    ObjectNode body,
    ObjectNode said) {

  public static Change of(long row, long line, String key, Step step, ObjectNode said) {
    if (step instanceof Step.Create create) {
      return new Change(row, line, key, Action.CREATE, Outcome.CREATED, null, create.body(), said);
    } else if (step instanceof Step.Edit edit) {
      String id = edit.held().id();
      return new Change(row, line, key, Action.UPDATE, Outcome.UPDATED, id, edit.body(), said);
    } else if (step instanceof Step.Delete delete) {
      String id = delete.held().id();
      return new Change(row, line, key, Action.DELETE, Outcome.DELETED, id, said, said);
    }
    throw new IllegalArgumentException("there is nothing to do");
  }

  /** The action as a report tells it: the one that leads to the goal. */
  public Action reportedAction() {
    return goal == Outcome.CREATED ? Action.CREATE : action;
  }

  Change edit(String newId, ObjectNode newBody) {
    return new Change(row, line, key, Action.UPDATE, goal, newId, newBody, said);
  }

  Change towards(Outcome newGoal) {
    return new Change(row, line, key, action, newGoal, id, body, said);
  }

  public RowResult result(Outcome outcome, @Nullable String recordId) {
    return RowResult.uncalled(row, line, outcome, reportedAction(), recordId, key);
  }

  /** The result if nothing is done for it. */
  public RowResult untouched(Outcome outcome, @Nullable String recordId) {
    return RowResult.uncalled(row, line, outcome, Action.NONE, recordId, key);
  }
}
