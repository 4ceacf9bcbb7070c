package io.sluice.cli.command;

import io.sluice.cli.Console;
import io.sluice.cli.Version;
import io.sluice.cli.option.ApplyOptions;
import io.sluice.cli.option.ConnectionOptions;
import io.sluice.cli.option.Value;
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

/** Carries out a saved plan. */
public final class ApplyCommand extends Command {
  private final Value<Path> file = argument("PLAN", Path.class, "The file that --save-plan wrote.");

  private final ApplyOptions options = section("Changes", new ApplyOptions());

  private final ConnectionOptions connecting =
      section("Account and connection", new ConnectionOptions());

  /** Declares the command. */
  public ApplyCommand() {
    super(
        "apply",
        "Carries out a plan that --dry-run --save-plan has saved, and nothing else. "
            + "Skips a change if its record has changed since the plan was made.");
    synopsis("sluice apply [OPTIONS] PLAN");
    examples(
        "sluice import -r block-senders blocked.csv --dry-run --save-plan senders.plan",
        "sluice apply senders.plan");
    remarks(
        "Exit codes: 0 well, 3 changes skipped or failed, 4 refused, nothing changed,",
        "5 not permitted, 6 gave up, 7 some outcomes unknown, 130 interrupted.",
        "After 5, 6, 7 and 130, --resume goes on.");
  }

  @Override
  public Integer call() throws IOException {
    Environment environment = Environment.ofProcess();
    Console console = Console.of(output, environment);
    SavedPlan plan = SavedPlan.open(file.get());
    Connection connection = connecting.connection(output, environment, console::warn);
    plan.requireAccount(connection.account().id(), connection.account().baseUrl().toString());
    ImportOptions given = options.understood(plan);
    Confirming.requireTerminal(
        console, output, plan.parts().get(0).mode(), given.dryRun(), file.get().toString());
    RunId id = RunId.at(Instant.now());
    Path results = options.results(id);
    Rerun rerun = Rerun.ofPlan(parsed(), file.get().toString(), plan.parts().get(0));
    if (!plan.command().equals("import")) {
      return new TransferJob(
              console, output, ForegroundSession.of(connection, connecting, environment))
          .run(Transfer.of(parts(plan, given), given, options.resume.get(), rerun), id, results);
    }
    ImportTask task =
        ImportTask.planned(
            console,
            output,
            parts(plan, given).get(0).request(),
            id,
            new ResultsLocation(
                (directory, again) -> InputSource.file(file.get(), directory),
                results,
                options.resume.get()),
            file.get().toString(),
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
