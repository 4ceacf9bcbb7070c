package io.sluice.cli.command;

import io.sluice.cli.Console;
import io.sluice.cli.option.ChangeOptions;
import io.sluice.cli.option.ConnectionOptions;
import io.sluice.cli.option.OutputOptions;
import io.sluice.cli.option.ResourceOptions;
import io.sluice.cli.option.SnapshotArgument;
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
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes an account what a snapshot says. */
@Command(
    name = "restore",
    sortOptions = false,
    customSynopsis = "sluice restore [OPTIONS] SNAPSHOT",
    description = {
      "Puts back the records of a snapshot. Verifies it, plans all kinds of "
          + "records before it changes any, writes blocks first and allow policies last. "
          + "Reports the outcome of every record, and can be resumed.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  sluice restore backups/latest --dry-run",
      "  sluice restore backups/2026-11-21T020000Z -r block-senders,allow-policies",
      "  sluice restore backups/2026-11-21T020000Z --mode mirror --yes"
    })
public final class RestoreCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "SNAPSHOT",
      description =
          "A snapshot, or a directory of snapshots for the newest in it, like " + "DIR/latest.")
  private Path directory = Path.of("");

  @Mixin private ResourceOptions chosen = new ResourceOptions();

  @ArgGroup(validate = false, heading = "%nChanges:%n", order = 1)
  private ChangeOptions options = new ChangeOptions();

  @ArgGroup(validate = false, heading = "%nAccount and connection:%n", order = 98)
  private ConnectionOptions connecting = new ConnectionOptions();

  @ArgGroup(validate = false, heading = "%nOutput:%n", order = 99)
  private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    Environment environment = Environment.ofProcess();
    Console console = Console.of(output, environment);
    Connection connection = connecting.connection(output, environment, console::warn);
    ImportOptions wanted = options.understood();
    options.requireEffect(chosen.resources());
    Confirming.requireTerminal(console, output, options.mode(), options.dryRun, "");
    PlanTarget target = options.target("restore");
    Snapshot snapshot = SnapshotArgument.open(directory, console::note);
    List<ResourceEntry> entries = Transfer.entries(snapshot, chosen.named());
    Verifier.requireSound(snapshot);
    RunId id = RunId.at(Instant.now());
    return new TransferJob(
            console, output, ForegroundSession.of(connection, connecting, environment))
        .run(
            new Transfer(
                "restore",
                Transfer.parts(
                    snapshot, entries, connection.account().id(), !chosen.names.isEmpty(), wanted),
                snapshot.manifest().unavailable(),
                wanted.dryRun(),
                options.resume,
                Rerun.of(
                    spec.commandLine().getParseResult(),
                    List.of("restore"),
                    snapshot.directory().toString()),
                List.of(),
                target),
            id,
            options.results(id));
  }
}
