package io.sluice.cli.run;

import io.sluice.cli.Console;
import io.sluice.cli.option.OutputOptions;
import io.sluice.cli.text.PlannedChanges;
import io.sluice.config.UsageException;
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
    SavedPlan.@Nullable Rows saved) {

  /**
   * An import that makes a plan and asks the person at the terminal to confirm it.
   *
   * @throws UsageException if it needs a confirmation and there is no terminal to give it on
   */
  public static ImportTask planned(
      Console console,
      OutputOptions output,
      ImportRequest request,
      RunId id,
      ResultsLocation place,
      String file,
      Rerun rerun,
      @Nullable PlanTarget target) {
    PlannedChanges changes = new PlannedChanges(console, request.dryRun());
    Confirmation confirmation = Confirming.of(console, output, request, file, changes);
    return new ImportTask(request, id, place, file, changes, confirmation, rerun, target, null);
  }

  /** The same, with the input from elsewhere. */
  ImportTask with(ResultsLocation.SourceOpener input) {
    return new ImportTask(
        request,
        id,
        new ResultsLocation(input, place.results(), place.resume()),
        file,
        changes,
        confirmation,
        rerun,
        target,
        saved);
  }

  /** The same, carrying out changes that were planned before. */
  public ImportTask applying(SavedPlan.Rows rows) {
    return new ImportTask(request, id, place, file, changes, confirmation, rerun, target, rows);
  }
}
