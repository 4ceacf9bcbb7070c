package io.sluice.cli.command;

import io.sluice.catalog.Resource;
import io.sluice.cli.Console;
import io.sluice.cli.Version;
import io.sluice.cli.option.ChangeOptions;
import io.sluice.cli.option.ConnectionOptions;
import io.sluice.cli.option.OneResourceOption;
import io.sluice.cli.option.OutputOptions;
import io.sluice.cli.option.ReadingOptions;
import io.sluice.cli.run.Confirming;
import io.sluice.cli.run.ImportJob;
import io.sluice.cli.run.ImportTask;
import io.sluice.cli.run.Rerun;
import io.sluice.cli.text.PlannedChanges;
import io.sluice.cli.text.StandardInput;
import io.sluice.cli.text.Terminals;
import io.sluice.config.Connection;
import io.sluice.config.Environment;
import io.sluice.format.OptionNames;
import io.sluice.pipeline.imports.Confirmation;
import io.sluice.pipeline.imports.ImportRequest;
import io.sluice.pipeline.imports.InputOrigin;
import io.sluice.pipeline.imports.ResultsLocation;
import io.sluice.pipeline.imports.input.InputSource;
import io.sluice.report.RunId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes an account what a file says. */
@Command(
    name = "import",
    sortOptions = false,
    customSynopsis = "sluice import -r R [OPTIONS] FILE|-",
    description = {
      "Creates and changes records from the rows of a file, within the account's quota."
          + " Says for every row what became of it; makes nothing twice; can be resumed.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  sluice import -r block-senders samples/block-senders.csv --dry-run",
      "  sluice import -r block-senders samples/block-senders.csv",
      "  sluice import -r block-senders sluice-results/<run id>/failed.csv",
      "  sluice import -r block-senders big.csv --results run1 --resume",
      "",
      "Exit codes: 0 well, 3 rows invalid or failed, 4 refused and nothing changed,",
      "5 not permitted, 6 gave up, 7 some outcomes unknown, 130 interrupted. After 5, 6, 7",
      "and 130, --resume goes on."
    })
public final class ImportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "FILE|-",
      description = "CSV, JSONL or a plain list, also gzipped; - is standard input.")
  private String file = "-";

  @Mixin private OneResourceOption chosen = new OneResourceOption();

  @ArgGroup(validate = false, heading = "%nWhat is done:%n", order = 1)
  private ChangeOptions options = new ChangeOptions();

  @ArgGroup(validate = false, heading = "%nHow the file is read:%n", order = 2)
  private ReadingOptions reading = new ReadingOptions();

  @ArgGroup(validate = false, heading = "%nThe account and the way to it:%n", order = 98)
  private ConnectionOptions connecting = new ConnectionOptions();

  @ArgGroup(validate = false, heading = "%nOutput:%n", order = 99)
  private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    Environment environment = Environment.ofProcess();
    Console console = Console.of(output, environment);
    Resource resource = chosen.resource();
    Connection connection = connecting.connection(output.config, environment, console::warn);
    options.requireEffect(List.of(resource));
    ImportRequest request = request(resource, connection.account().id());
    PlannedChanges changes = new PlannedChanges(console, request.dryRun());
    Confirmation confirmation = Confirming.of(console, output, request, file, changes);
    RunId id = RunId.at(Instant.now());
    if (file.equals("-") && Terminals.isTerminal(Terminals.STDIN)) {
      console.note("reading rows from the keyboard; Ctrl-D ends them");
    }
    ImportTask task =
        new ImportTask(
            request,
            id,
            new ResultsLocation(this::source, options.results(id), options.resume),
            file,
            changes,
            confirmation,
            Rerun.of(spec.commandLine().getParseResult(), resource.slug(), file),
            options.target("import"),
            null);
    return new ImportJob(
            console, connection, connecting.transport(environment), connecting.maxOutage)
        .run(task)
        .exit();
  }

  private ImportRequest request(Resource resource, String account) throws IOException {
    InputOrigin origin =
        file.equals("-") ? InputOrigin.UNKNOWN : InputOrigin.of(Path.of(file), account);
    return options
        .understood()
        .request(
            reading.request(file, resource, options.mode()),
            reading.skipInvalid,
            origin,
            Version.current(),
            OptionNames.COMMAND_LINE);
  }

  private InputSource source(Path directory, boolean again) throws IOException {
    if (!file.equals("-")) {
      return InputSource.file(Path.of(file), directory);
    }
    boolean nothingToRead = again || Terminals.isTerminal(Terminals.STDIN);
    if (options.resume && nothingToRead && InputSource.isSpooled(directory)) {
      return InputSource.spooledBefore("-", directory);
    }
    return options.resume
        ? InputSource.spooledUnlessEmpty("-", StandardInput.open(), directory)
        : InputSource.spooled("-", StandardInput.open(), directory);
  }
}
