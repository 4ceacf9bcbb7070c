package io.sluice.cli;

import io.sluice.catalog.Resource;
import io.sluice.config.Connection;
import io.sluice.config.Environment;
import io.sluice.config.UsageException;
import io.sluice.pipeline.imports.ImportRequest;
import io.sluice.pipeline.imports.InputOrigin;
import io.sluice.pipeline.imports.Place;
import io.sluice.pipeline.input.CheckRequest;
import io.sluice.pipeline.input.InputSource;
import io.sluice.report.RunId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes an account what a file says. */
@Command(
    name = "import",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = {
      "Creates and changes records from the rows of a file, paced to the account's quota;",
      "says for every row what became of it, and never makes anything twice."
    },
    footer = {
      "",
      "Examples:",
      "  sluice import -r block-senders samples/block-senders.csv --dry-run",
      "  sluice import -r block-senders samples/block-senders.csv",
      "  sluice import -r block-senders sluice-results/<run id>/failed.csv",
      "  sluice import -r block-senders big.csv --results run1 --resume"
    })
final class ImportCommand implements Callable<Integer> {
  @ArgGroup(validate = false, heading = "%nOutput:%n", order = 99)
  private OutputOptions output = new OutputOptions();

  @ArgGroup(validate = false, heading = "%nThe account and the way to it:%n", order = 98)
  private ConnectionOptions connecting = new ConnectionOptions();

  @Mixin private ResourceOptions chosen = new ResourceOptions();

  @ArgGroup(validate = false, heading = "%nWhat is done:%n", order = 1)
  private DoingOptions doing = new DoingOptions();

  @ArgGroup(validate = false, heading = "%nHow the file is read:%n", order = 2)
  private ReadingOptions reading = new ReadingOptions();

  @Parameters(paramLabel = "FILE|-", description = "The file; - is standard input.")
  private String file = "-";

  @Override
  public Integer call() throws IOException {
    Environment environment = Environment.ofProcess();
    Console console = Console.of(output, environment);
    RunId id = RunId.at(Instant.now());
    Resource resource = resource();
    Connection connection = connecting.connection(output.config, environment, console::warn);
    InputOrigin origin =
        file.equals("-")
            ? InputOrigin.UNKNOWN
            : InputOrigin.of(Path.of(file), connection.account().id());
    ImportRequest request =
        doing.request(
            creates -> new CheckRequest(resource, reading.input(file), reading.level(), creates),
            reading.skipInvalid,
            origin);
    Place place = new Place(this::source, doing.results(id), doing.resume);
    return new ImportJob(
            console, connection, connecting.transport(environment), connecting.maxOutage)
        .run(request, id, place, Confirming.of(console, output, request, file))
        .exit();
  }

  private Resource resource() {
    if (chosen.names.size() != 1) {
      throw new UsageException("which resource? give one with -r", null);
    }
    return chosen.resources().get(0);
  }

  private InputSource source(Path directory, boolean again) throws IOException {
    if (!file.equals("-")) {
      return InputSource.file(Path.of(file), directory);
    }
    boolean nothingToRead = again || Terminals.isTerminal(Terminals.STDIN);
    if (doing.resume && nothingToRead && InputSource.isSpooled(directory)) {
      return InputSource.spooledBefore("-", directory);
    }
    return doing.resume
        ? InputSource.spooledUnlessEmpty("-", System.in, directory)
        : InputSource.spooled("-", System.in, directory);
  }
}
