package io.sluice.cli.command;

import io.sluice.cli.Console;
import io.sluice.cli.option.ChangeOptions;
import io.sluice.cli.option.ConnectionOptions;
import io.sluice.cli.option.ResourceOptions;
import io.sluice.cli.option.SnapshotArgument;
import io.sluice.cli.option.Value;
import io.sluice.cli.run.Confirming;
import io.sluice.cli.run.ForegroundSession;
import io.sluice.cli.run.Rerun;
import io.sluice.cli.run.Transfer;
import io.sluice.cli.run.TransferJob;
import io.sluice.config.Connection;
import io.sluice.config.Environment;
import io.sluice.pipeline.imports.ImportOptions;
import io.sluice.pipeline.imports.saved.PlanTarget;
import io.sluice.report.RunId;
import io.sluice.snapshot.ResourceEntry;
import io.sluice.snapshot.Snapshot;
import io.sluice.snapshot.Verifier;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Makes an account what a snapshot says. */
public final class RestoreCommand extends Command {
  private final Value<Path> directory =
      argument(
          "SNAPSHOT",
          Path.class,
          "A snapshot, or a directory of snapshots for the newest in it, like DIR/latest.");

  private final ResourceOptions chosen = include(new ResourceOptions());

  private final ChangeOptions options = section("Changes", new ChangeOptions());

  private final ConnectionOptions connecting =
      section("Account and connection", new ConnectionOptions());

  /** Declares the command. */
  public RestoreCommand() {
    super(
        "restore",
        "Puts back the records of a snapshot. Verifies it, plans all kinds of "
            + "records before it changes any, writes blocks first and allow policies last. "
            + "Reports the outcome of every record, and can be resumed.");
    synopsis("sluice restore [OPTIONS] SNAPSHOT");
    examples(
        "sluice restore backups/latest --dry-run",
        "sluice restore backups/2026-11-21T020000Z -r block-senders,allow-policies",
        "sluice restore backups/2026-11-21T020000Z --mode mirror --yes");
  }

  @Override
  public Integer call() throws IOException {
    Environment environment = Environment.ofProcess();
    Console console = Console.of(output, environment);
    Connection connection = connecting.connection(output, environment, console::warn);
    ImportOptions wanted = options.understood();
    options.requireEffect(chosen.resources());
    Confirming.requireTerminal(console, output, options.mode(), options.dryRun.get(), "");
    PlanTarget target = options.target("restore");
    Snapshot snapshot = SnapshotArgument.open(directory.get(), console::note);
    List<ResourceEntry> entries = Transfer.entries(snapshot, chosen.named());
    Verifier.requireSound(snapshot);
    RunId id = RunId.at(Instant.now());
    return new TransferJob(
            console, output, ForegroundSession.of(connection, connecting, environment))
        .run(
            new Transfer(
                "restore",
                Transfer.parts(
                    snapshot,
                    entries,
                    connection.account().id(),
                    !chosen.names.get().isEmpty(),
                    wanted),
                snapshot.manifest().unavailable(),
                wanted.dryRun(),
                options.resume.get(),
                Rerun.of(parsed(), List.of("restore"), snapshot.directory().toString()),
                List.of(),
                target),
            id,
            options.results(id));
  }
}
