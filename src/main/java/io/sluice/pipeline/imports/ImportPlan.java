package io.sluice.pipeline.imports;

import io.sluice.pipeline.imports.input.CheckedInput;
import io.sluice.plan.PlanRequest;
import io.sluice.plan.Planner;
import java.nio.file.Path;

/**
 * All that a plan follows from: what is asked for, the rows and the account.
 *
 * @param scratch a directory for what does not fit into memory
 */
record ImportPlan(ImportRequest request, CheckedInput input, Account account, Path scratch) {

  /** A planner that has seen no row. */
  Planner planner() {
    PlanRequest plan =
        new PlanRequest(
            request.resource(),
            request.mode(),
            request.origin(),
            request.rows().level(),
            request.allowUnprotect(),
            input.distinct(),
            request.names());
    return new Planner(plan, account.index(), scratch);
  }
}
