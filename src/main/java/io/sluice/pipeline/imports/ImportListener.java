package io.sluice.pipeline.imports;

import io.sluice.format.InputFault;
import io.sluice.pipeline.imports.input.Rewritten;
import io.sluice.plan.Step;
import io.sluice.report.RowResult;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Is told how an import goes on. Calls may come from several threads, and must not block long. */
public interface ImportListener {
  /** So many rows have been read and checked. */
  default void checking(long rows) {}

  /** Something is wrong with a row. */
  default void fault(long row, InputFault fault) {}

  /** A row's pattern was written in another form. */
  default void rewritten(Rewritten row) {}

  /** So many of the account's records have been read, of so many if that is known; 0 at first. */
  default void reading(long records, @Nullable Long total) {}

  /** So many rows have been compared with the account. */
  default void planning(long rows) {}

  /** A row would change something; told while the plan is made. */
  default void planned(long row, long line, String key, Step step) {}

  /** The plan is made. */
  default void plan(PlanSummary plan) {}

  /** What the account holds is being saved, since something is going to be deleted. */
  default void saving() {}

  /** What the account holds was saved there, since something is going to be deleted. */
  default void saved(Path snapshot) {}

  /** Changes begin. */
  default void applying() {}

  /** A row has its outcome. */
  default void row(RowResult result) {}

  /** A row whose outcome an earlier process has noted; it counts like one of this run. */
  default void kept(RowResult result) {
    row(result);
  }

  /** The results are being written. */
  default void reporting() {}

  /** Something that should not be missed. */
  default void warning(String text) {}

  /** A passing remark. */
  default void note(String text) {}
}
