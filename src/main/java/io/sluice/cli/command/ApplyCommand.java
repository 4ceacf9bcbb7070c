package io.sluice.cli.command;

import io.sluice.cli.Console;
import io.sluice.cli.Version;
import io.sluice.cli.option.ApplyOptions;
import io.sluice.cli.option.ConnectionOptions;
import io.sluice.cli.option.OutputOptions;
import io.sluice.cli.run.Confirming;
import io.sluice.cli.run.ForegroundSession;
import io.sluice.cli.run.ImportJob;
import io.sluice.cli.run.ImportTask;
import io.sluice.cli.run.Rerun;
import io.sluice.cli.run.Transfer;
import io.sluice.cli.run.TransferJob;
import io.sluice.config.Connection;
import io.sluice.config.Environment;
import io.sluice.config.UsageException;
import io.sluice.format.OptionNames;
import io.sluice.pipeline.imports.ImportOptions;
import io.sluice.pipeline.imports.input.InputSource;
import io.sluice.pipeline.imports.results.ResultsLocation;
import io.sluice.pipeline.imports.saved.SavedPlan;
import io.sluice.pipeline.transfer.SnapshotImport;
import io.sluice.report.RunId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Carries out a saved plan. */
@Command(
    name = "apply",
    sortOptions = false,
    customSynopsis = "sluice apply [OPTIONS] PLAN",
    description = {
      "Carries out a plan that --dry-run --save-plan has saved, and nothing else. "
          + "Skips a change if its record has changed since the plan was made.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  sluice import -r block-senders blocked.csv --dry-run --save-plan " + "senders.plan",
      "  sluice apply senders.plan",
      "",
      "Exit codes: 0 well, 3 changes skipped or failed, 4 refused, nothing changed,",
      "5 not permitted, 6 gave up, 7 some outcomes unknown, 130 interrupted.",
      "After 5, 6, 7 and 130, --resume goes on."
    })
public final class ApplyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "PLAN", description = "The file that --save-plan wrote.")
  private Path file = Path.of("");

  @ArgGroup(validate = false, heading = "%nChanges:%n", order = 1)
  private ApplyOptions options = new ApplyOptions();

  @ArgGroup(validate = false, heading = "%nAccount and connection:%n", order = 98)
  private ConnectionOptions connecting = new ConnectionOptions();

  @ArgGroup(validate = false, heading = "%nOutput:%n", order = 99)
  private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    Environment environment = Environment.ofProcess();
    Console console = Console.of(output, environment);
    SavedPlan plan = SavedPlan.open(file);
    Connection connection = connecting.connection(output, environment, console::warn);
    plan.requireAccount(connection.account().id(), connection.account().baseUrl().toString());
    ImportOptions given = options.understood(plan);
    Confirming.requireTerminal(
        console, output, plan.parts().get(0).mode(), given.dryRun(), file.toString());
    RunId id = RunId.at(Instant.now());
    Path results = options.results(id);
    Rerun rerun =
        Rerun.ofPlan(spec.commandLine().getParseResult(), file.toString(), plan.parts().get(0));
    if (!plan.command().equals("import")) {
      return new TransferJob(
              console, output, ForegroundSession.of(connection, connecting, environment))
          .run(Transfer.of(parts(plan, given), given, options.resume, rerun), id, results);
    }
    ImportTask task =
        ImportTask.planned(
            console,
            output,
            parts(plan, given).get(0).request(),
            id,
            new ResultsLocation(
                (directory, again) -> InputSource.file(file, directory), results, options.resume),
            file.toString(),
            rerun,
            null);
    return new ImportJob(console, ForegroundSession.of(connection, connecting, environment))
        .run(task.applying(plan.rows(0)))
        .exit();
  }

  private static List<SnapshotImport.Part> parts(SavedPlan plan, ImportOptions given) {
    return UsageException.checked(
        "",
        () -> SnapshotImport.Part.all(plan, given, Version.current(), OptionNames.COMMAND_LINE));
  }
}
