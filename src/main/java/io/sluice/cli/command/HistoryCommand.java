package io.sluice.cli.command;

import io.sluice.cli.Console;
import io.sluice.cli.option.ResourceOptions;
import io.sluice.cli.option.TimeConverter;
import io.sluice.cli.option.Value;
import io.sluice.cli.run.HistoryRun;
import io.sluice.config.Environment;
import io.sluice.config.UsageException;
import io.sluice.pipeline.insight.history.HistoryRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** Says what changed between snapshots. */
public final class HistoryCommand extends Command {
  private final Value<Path> directory =
      argument("DIR", Path.class, "The directory of the snapshots.");

  private final ResourceOptions chosen = include(new ResourceOptions());

  private final Value<String> key =
      text(
          "--key",
          "K",
          "Show every change of one record, given by its key as reports show it, its "
              + "pattern, or its id.");

  private final Value<Instant> since =
      value(
          "--since",
          "T",
          new TimeConverter(),
          "Show changes since 2026-11-01, a time in RFC 3339, or the last 30d.");

  /** Declares the command. */
  public HistoryCommand() {
    super(
        "history",
        "Shows what changed from snapshot to snapshot of one account, oldest first: "
            + "one line for each pair with changes, with -v each change. Makes no calls.",
        "If a snapshot lacks a kind of records, the next one that holds it is "
            + "compared with the last one that did. Fields that no client can write do not "
            + "count.");
    examples(
        "sluice history backups",
        "sluice history backups -r allow-policies --since 30d -v",
        "sluice history backups --key billing@shop.example");
    remarks("Exit codes: 0 done, 9 a damaged snapshot was left out.");
  }

  @Override
  public Integer call() throws IOException {
    if (key.isGiven() && key.get().isBlank()) {
      throw new UsageException("--key has no value", "leave it out for every record");
    }
    if (since.isGiven() && since.get().isAfter(Instant.now())) {
      throw new UsageException("--since: that time lies in the future", "give one that has passed");
    }
    Console console = Console.of(output, Environment.ofProcess());
    HistoryRequest request =
        HistoryRequest.below(directory.get(), chosen.named(), key.orNull(), since.orNull());
    return new HistoryRun(console).of(request, output.verbose.get() || key.isGiven());
  }
}
