package io.sluice.cli.command;

import io.sluice.catalog.Resource;
import io.sluice.cli.Console;
import io.sluice.cli.Version;
import io.sluice.cli.option.ChangeOptions;
import io.sluice.cli.option.ConnectionOptions;
import io.sluice.cli.option.OneResourceOption;
import io.sluice.cli.option.ReadingOptions;
import io.sluice.cli.option.Value;
import io.sluice.cli.run.ForegroundSession;
import io.sluice.cli.run.ImportInput;
import io.sluice.cli.run.ImportJob;
import io.sluice.cli.run.ImportTask;
import io.sluice.cli.run.Rerun;
import io.sluice.config.Connection;
import io.sluice.config.Environment;
import io.sluice.format.OptionNames;
import io.sluice.pipeline.imports.ImportRequest;
import io.sluice.pipeline.imports.InputOrigin;
import io.sluice.pipeline.imports.results.ResultsLocation;
import io.sluice.report.RunId;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Makes an account what a file says. */
public final class ImportCommand extends Command {
  private final Value<String> file =
      argument(
          "FILE|-",
          String.class,
          "CSV, JSONL or a plain list, also gzipped; - is standard input. A feed at an "
              + "https: address is imported only if it has changed.");

  private final OneResourceOption chosen = include(new OneResourceOption());

  private final ChangeOptions options = section("Changes", new ChangeOptions());

  private final ReadingOptions reading = section("Reading the file", new ReadingOptions());

  private final ConnectionOptions connecting =
      section("Account and connection", new ConnectionOptions());

  /** Declares the command. */
  public ImportCommand() {
    super(
        "import",
        "Creates, changes or deletes records from the rows of a file, within the "
            + "account's quota. Reports the outcome of every row, creates nothing twice, "
            + "and can be resumed.");
    synopsis("sluice import -r R [OPTIONS] FILE|-");
    examples(
        "sluice import -r block-senders samples/block-senders.csv --dry-run",
        "sluice import -r block-senders samples/block-senders.csv",
        "sluice import -r block-senders sluice-results/<run id>/failed.csv",
        "sluice import -r block-senders big.csv --results run1 --resume",
        "sluice import -r block-senders https://feeds.example/list.txt --mode mirror \\",
        "    --owner feed-x --expires 14d --normalize --yes");
    remarks(
        "Exit codes: 0 well, 3 rows invalid or failed, 4 refused, nothing changed,",
        "5 not permitted, 6 gave up, 7 some outcomes unknown, 130 interrupted.",
        "After 5, 6, 7 and 130, --resume goes on.");
  }

  @Override
  public Integer call() throws IOException {
    Environment environment = Environment.ofProcess();
    Console console = Console.of(output, environment);
    Resource resource = chosen.resource();
    Connection connection = connecting.connection(file.get(), output, environment, console::warn);
    options.requireEffect(List.of(resource));
    ImportInput input = ImportInput.of(file.get(), options.resume.get(), connecting.allowHttp());
    RunId id = RunId.at(Instant.now());
    ImportTask task =
        ImportTask.planned(
            console,
            output,
            request(resource, input, connection.account().id()),
            id,
            new ResultsLocation(input::open, options.results(id), options.resume.get()),
            file.get(),
            Rerun.of(parsed(), resource.slug(), file.get()),
            options.target("import"));
    return new ImportJob(console, ForegroundSession.of(connection, connecting, environment))
        .run(task, input, environment);
  }

  private ImportRequest request(Resource resource, ImportInput input, String account)
      throws IOException {
    InputOrigin origin = input.origin(account);
    return options
        .understood()
        .request(
            reading.request(input.fileName(), resource, options.mode()),
            reading.skipInvalid.get(),
            origin,
            Version.current(),
            OptionNames.COMMAND_LINE);
  }
}
