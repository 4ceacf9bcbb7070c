package io.sluice.pipeline.imports.saved;

import io.sluice.pipeline.imports.ImportRequest;
import io.sluice.pipeline.imports.PlanSummary;
import io.sluice.pipeline.imports.PlannedRow;
import io.sluice.report.journal.RunHeader;
import java.io.IOException;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One kind of records of a plan that is to be saved.
 *
 * @param rewritten how many rows were rewritten
 * @param inRow the row that a record belongs to, by the record's number
 * @param rows what each row would change
 * @param unnamed the records that no row names
 * @param held finds a record of the account by its id
 */
public record PlannedPart(
    ImportRequest request,
    RunHeader header,
    PlanSummary summary,
    long rewritten,
    LongUnaryOperator inRow,
    Rows rows,
    Rows unnamed,
    Held held) {

  /** Planned rows, one by one; null when there are no more. */
  @FunctionalInterface
  public interface Rows {
    @Nullable PlannedRow next() throws IOException;
  }

  /** The account as the plan saw it. */
  @FunctionalInterface
  public interface Held {
    @Nullable ObjectNode withId(String id) throws IOException;
  }
}
