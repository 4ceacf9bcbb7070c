package io.sluice.cli.run;

import io.sluice.api.transport.TransportOptions;
import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.catalog.Validation;
import io.sluice.cli.Console;
import io.sluice.cli.Version;
import io.sluice.cli.text.PlannedChanges;
import io.sluice.config.Connection;
import io.sluice.format.InputFormat;
import io.sluice.format.InputOptions;
import io.sluice.format.OptionNames;
import io.sluice.pipeline.imports.Confirmation;
import io.sluice.pipeline.imports.ImportOptions;
import io.sluice.pipeline.imports.ImportRequest;
import io.sluice.pipeline.imports.InputOrigin;
import io.sluice.pipeline.imports.input.CheckRequest;
import io.sluice.pipeline.imports.input.InputSource;
import io.sluice.pipeline.imports.results.ResultsLocation;
import io.sluice.plan.Mode;
import io.sluice.report.RunId;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;

/** The demonstration's imports: the CSV file of blocked senders that is in the jar. */
public final class DemoImport {
  private static final String SAMPLE = "/io/sluice/samples/block-senders.csv";
  private static final Resource RESOURCE = Catalog.get("block_senders");

  private final Connection connection;
  private final Path file;
  private final Path results;

  private DemoImport(Connection connection, Path file, Path results) {
    this.connection = connection;
    this.file = file;
    this.results = results;
  }

  /** Puts the file into that directory. */
  public static DemoImport in(Path place, Connection connection) throws IOException {
    Path file = place.resolve("block-senders.csv");
    try (InputStream sample = DemoImport.class.getResourceAsStream(SAMPLE)) {
      if (sample == null) {
        throw new FileNotFoundException("the sample is not in the jar: " + SAMPLE);
      }
      Files.copy(sample, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return new DemoImport(connection, file, place.resolve("results"));
  }

  /** What a person would type for it. */
  public String command() {
    return "sluice import -r " + RESOURCE.slug() + " " + file;
  }

  /** Tells what an import would do. */
  public ImportSummary rehearse(Console console) {
    return run(console, true);
  }

  /** Imports the file. */
  public ImportSummary run(Console console) {
    return run(console, false);
  }

  private ImportSummary run(Console console, boolean dryRun) {
    RunId id = RunId.at(Instant.now());
    ResultsLocation place =
        new ResultsLocation(
            (directory, again) -> InputSource.file(file, directory),
            results.resolve(id.text()),
            false);
    ImportTask task =
        new ImportTask(
            request(dryRun),
            id,
            place,
            file.toString(),
            new PlannedChanges(console, false),
            Confirmation.given(),
            Rerun.plain(RESOURCE.slug(), file.toString()),
            null,
            null);
    return new ImportJob(
            console,
            new ForegroundSession(
                connection, TransportOptions.defaults(Version.current()), Duration.ofMinutes(1)))
        .run(task);
  }

  private static ImportRequest request(boolean dryRun) {
    return new ImportOptions(null, null, dryRun, null, null, false, null)
        .request(
            new CheckRequest(
                RESOURCE, InputOptions.of(InputFormat.CSV), Validation.Level.STRICT, Mode.UPSERT),
            false,
            InputOrigin.UNKNOWN,
            Version.current(),
            OptionNames.COMMAND_LINE);
  }
}
