package io.sluice.cli.run;

import io.sluice.cli.text.PlannedChanges;
import io.sluice.pipeline.imports.Confirmation;
import io.sluice.pipeline.imports.ImportRequest;
import io.sluice.pipeline.imports.results.ResultsLocation;
import io.sluice.pipeline.imports.saved.PlanTarget;
import io.sluice.pipeline.imports.saved.SavedPlan;
import io.sluice.report.RunId;
import org.jspecify.annotations.Nullable;

/**
 * One import as the command line asks for it.
 *
 * @param file the name of the input; {@code -} is standard input
 * @param changes collects what is planned
 * @param confirmation asks before anything is deleted
 * @param rerun the command lines that follow from this one
 * @param target where the plan is saved; null if it is not
 * @param saved the saved plan that is carried out; null if one is made
 */
public record ImportTask(
    ImportRequest request,
    RunId id,
    ResultsLocation place,
    String file,
    PlannedChanges changes,
    Confirmation confirmation,
    Rerun rerun,
    @Nullable PlanTarget target,
    SavedPlan.@Nullable Rows saved) {}
