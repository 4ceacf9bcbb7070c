package io.sluice.pipeline.imports.saved;

import io.sluice.pipeline.imports.ImportRequest;
import io.sluice.pipeline.imports.PlanFile;
import io.sluice.pipeline.imports.PlanSummary;
import io.sluice.pipeline.imports.input.RunInput;
import io.sluice.plan.AccountIndex;
import io.sluice.report.journal.RunHeader;

/**
 * One kind of records of a plan that is to be saved.
 *
 * @param rows what each row would change
 * @param account the account as the plan saw it
 */
public record PlannedPart(
    ImportRequest request,
    RunHeader header,
    PlanSummary summary,
    RunInput input,
    PlanFile rows,
    AccountIndex account) {}
