package io.sluice.cli.command;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.cli.Console;
import io.sluice.cli.option.ConnectionOptions;
import io.sluice.cli.option.PruneOptions;
import io.sluice.cli.option.ResourceOptions;
import io.sluice.cli.run.Confirming;
import io.sluice.cli.run.ExpiredListing;
import io.sluice.cli.run.ForegroundSession;
import io.sluice.cli.run.Rerun;
import io.sluice.cli.run.Transfer;
import io.sluice.cli.run.TransferJob;
import io.sluice.config.Connection;
import io.sluice.config.Environment;
import io.sluice.config.UsageException;
import io.sluice.pipeline.imports.ImportOptions;
import io.sluice.pipeline.imports.saved.PlanTarget;
import io.sluice.pipeline.transfer.ExpiredRecords;
import io.sluice.pipeline.transfer.SnapshotImport;
import io.sluice.plan.Mode;
import io.sluice.report.RunId;
import io.sluice.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** Deletes the records whose last day has passed. */
public final class PruneCommand extends Command {
  private final ResourceOptions chosen = include(new ResourceOptions());

  private final PruneOptions options = section("Deletes", new PruneOptions());

  private final ConnectionOptions connecting =
      section("Account and connection", new ConnectionOptions());

  /** Declares the command. */
  public PruneCommand() {
    super(
        "prune",
        "Deletes expired records: those whose comment ends with a tag such as "
            + "[sluice expires=2026-12-31] and whose last day has passed, and blocked "
            + "content by its expires_at. Plans, asks, saves and reports like any delete.");
    synopsis("sluice prune [OPTIONS]");
    examples(
        "sluice prune --dry-run",
        "sluice prune -r block-senders --owner feed-x --yes",
        "sluice prune --grace 7d --max-deletes 500 --yes");
    remarks(
        "Exit codes: 0 well, 3 some deletes failed, 4 refused, nothing changed,",
        "5 not permitted, 6 gave up, 130 interrupted. After 5, 6, 130, --resume goes on.");
  }

  @Override
  public Integer call() throws IOException {
    Environment environment = Environment.ofProcess();
    Console console = Console.of(output, environment);
    Connection connection = connecting.connection(output, environment, console::warn);
    ImportOptions wanted = options.understood();
    ExpiredRecords expired =
        new ExpiredRecords(
            resources(),
            !chosen.names.get().isEmpty(),
            options.owner.orNull(),
            options.graceDays());
    Confirming.requireTerminal(console, output, Mode.DELETE, options.dryRun.get(), "");
    PlanTarget target = options.target();
    RunId id = RunId.at(Instant.now());
    Path results = options.results(id);
    ForegroundSession account = ForegroundSession.of(connection, connecting, environment);
    Snapshot snapshot =
        new ExpiredListing(console, account).of(expired, results, options.resume.get());
    return new TransferJob(console, output, account)
        .run(
            new Transfer(
                "prune",
                parts(connection, snapshot, wanted),
                snapshot.manifest().unavailable(),
                wanted.dryRun(),
                options.resume.get(),
                Rerun.of(parsed(), List.of("prune"), null),
                List.of(),
                target),
            id,
            results);
  }

  private List<SnapshotImport.Part> parts(
      Connection connection, Snapshot snapshot, ImportOptions wanted) {
    LocalDate before = ExpiredRecords.before(snapshot);
    return Transfer.parts(
            snapshot,
            snapshot.manifest().resources(),
            connection.account().id(),
            !chosen.names.get().isEmpty(),
            wanted)
        .stream()
        .map(part -> part.expiredBefore(before))
        .toList();
  }

  private List<Resource> resources() {
    for (Resource resource : chosen.named()) {
      if (!ExpiredRecords.canExpire(resource)) {
        throw new UsageException(
            "-r " + resource + ": such records have no end", "leave it out of -r");
      }
    }
    return chosen.named().isEmpty()
        ? Catalog.resources().stream().filter(ExpiredRecords::canExpire).toList()
        : chosen.named();
  }
}
