package io.sluice.pipeline.imports.apply;

import io.sluice.api.ApiException;
import io.sluice.report.Action;
import io.sluice.report.RowResult;

/** How trying one change ended. */
sealed interface ChangeResult {
  /** It has its outcome. */
  record Settled(RowResult result) implements ChangeResult {}

  /**
   * It surely had no effect, for reasons that may pass: it is tried again when all else is done.
   *
   * @param why the last failure
   */
  record SetAside(Change change, CallStats stats, Throwable why) implements ChangeResult {}

  /**
   * A create whose answer was lost: it is not known whether it had its effect, and finding out
   * takes a while.
   *
   * @param answer how it was lost
   */
  record Lost(Change change, CallStats stats, ApiException answer) implements ChangeResult {}

  /** True if just that was done. */
  default boolean succeeded(Action action) {
    return this instanceof Settled settled
        && settled.result().action() == action
        && !settled.result().outcome().remains();
  }
}
