package io.sluice.cli.run;

import io.sluice.cli.text.PlannedChanges;
import io.sluice.pipeline.imports.Confirmation;
import io.sluice.pipeline.imports.ImportRequest;
import io.sluice.pipeline.imports.ResultsLocation;
import io.sluice.report.RunId;

/**
 * One import as the command line asks for it.
 *
 * @param file the name of the input; {@code -} is standard input
 * @param changes collects what is planned
 * @param confirmation asks before anything is deleted
 * @param rerun the command lines that follow from this one
 */
public record ImportTask(
    ImportRequest request,
    RunId id,
    ResultsLocation place,
    String file,
    PlannedChanges changes,
    Confirmation confirmation,
    Rerun rerun) {}
