package io.sluice.cli.command;

import io.sluice.cli.Console;
import io.sluice.cli.option.OutputOptions;
import io.sluice.cli.option.ResourceOptions;
import io.sluice.cli.option.TimeConverter;
import io.sluice.cli.run.HistoryRun;
import io.sluice.config.Environment;
import io.sluice.config.UsageException;
import io.sluice.pipeline.insight.history.HistoryRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what changed between snapshots. */
@Command(
    name = "history",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = {
      "Shows what changed from snapshot to snapshot of one account, oldest first: "
          + "one line for each pair with changes, with -v each change. Makes no calls.",
      "If a snapshot lacks a kind of records, the next one that holds it is "
          + "compared with the last one that did. Fields that no client can write do not "
          + "count.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  sluice history backups",
      "  sluice history backups -r allow-policies --since 30d -v",
      "  sluice history backups --key billing@shop.example",
      "",
      "Exit codes: 0 done, 9 a damaged snapshot was left out."
    })
public final class HistoryCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "The directory of the snapshots.")
  private Path directory = Path.of("");

  @Mixin private ResourceOptions chosen = new ResourceOptions();

  @Option(
      names = "--key",
      paramLabel = "K",
      description =
          "Show every change of one record, given by its key as reports show it, its "
              + "pattern, or its id.")
  private @Nullable String key;

  @Option(
      names = "--since",
      paramLabel = "T",
      description = "Show changes since 2026-11-01, a time in RFC 3339, or the last 30d.",
      converter = TimeConverter.class)
  private @Nullable Instant since;

  @ArgGroup(validate = false, heading = "%nOutput:%n", order = 99)
  private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    if (key != null && key.isBlank()) {
      throw new UsageException("--key has no value", "leave it out for every record");
    }
    if (since != null && since.isAfter(Instant.now())) {
      throw new UsageException("--since: that time lies in the future", "give one that has passed");
    }
    Console console = Console.of(output, Environment.ofProcess());
    HistoryRequest request = HistoryRequest.below(directory, chosen.named(), key, since);
    return new HistoryRun(console).of(request, output.verbose || key != null);
  }
}
