package io.sluice.cli.command;

import io.sluice.api.ApiAccount;
import io.sluice.api.Listing;
import io.sluice.cli.Console;
import io.sluice.cli.Version;
import io.sluice.cli.option.ChangeOptions;
import io.sluice.cli.option.DirectoryOption;
import io.sluice.cli.option.OutputOptions;
import io.sluice.cli.option.PaceOptions;
import io.sluice.cli.option.ResourceOptions;
import io.sluice.cli.run.Confirming;
import io.sluice.cli.run.ExportRun;
import io.sluice.cli.run.ExportSummary;
import io.sluice.cli.run.ForegroundSession;
import io.sluice.cli.run.Rerun;
import io.sluice.cli.run.SourceListing;
import io.sluice.cli.run.Transfer;
import io.sluice.cli.run.TransferJob;
import io.sluice.config.Connection;
import io.sluice.config.Environment;
import io.sluice.config.UsageException;
import io.sluice.format.RowFormat;
import io.sluice.pipeline.exports.ExportRequest;
import io.sluice.pipeline.imports.ImportOptions;
import io.sluice.pipeline.imports.saved.PlanTarget;
import io.sluice.report.RunId;
import io.sluice.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes one account what another one is. */
@Command(
    name = "migrate",
    sortOptions = false,
    customSynopsis = "sluice migrate --from PROFILE --to PROFILE [OPTIONS]",
    description = {
      "Copies the records of one account to another. Plans all kinds of records "
          + "before it changes any; writes blocks first and allow policies last. Reports "
          + "the records that cannot be copied.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  sluice migrate --from old --to new --dry-run",
      "  sluice migrate --from old --to new -r block-senders,allow-policies",
      "  sluice migrate --from old --to new --mode mirror --yes --save backups"
    })
public final class MigrateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--from",
      required = true,
      paramLabel = "PROFILE",
      description = "The profile of the source account.")
  private String from = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "PROFILE",
      description = "The profile of the target account.")
  private String to = "";

  @Option(
      names = "--save",
      paramLabel = "DIR",
      description = "Keep a snapshot of the source below this directory.")
  private @Nullable Path save;

  @Mixin private ResourceOptions chosen = new ResourceOptions();

  @ArgGroup(validate = false, heading = "%nChanges:%n", order = 1)
  private ChangeOptions options = new ChangeOptions();

  @ArgGroup(validate = false, heading = "%nConnection to both accounts:%n", order = 98)
  private PaceOptions connecting = new PaceOptions();

  @ArgGroup(validate = false, heading = "%nOutput:%n", order = 99)
  private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    Environment environment = Environment.ofProcess();
    Console console = Console.of(output, environment);
    Connection source = connecting.connection(from, output.config, environment, warning -> {});
    Connection target = connecting.connection(to, output.config, environment, warning -> {});
    requireDifferent(source.account(), target.account());
    ImportOptions wanted = options.understood();
    options.requireEffect(chosen.resources());
    Confirming.requireTerminal(console, output, options.mode(), options.dryRun, "");
    PlanTarget plan = options.target("migrate");
    RunId id = RunId.at(Instant.now());
    Path results = options.results(id);
    Snapshot snapshot = listed(source, results, environment);
    return new TransferJob(
            console, output, ForegroundSession.of(target, connecting, environment).named(to))
        .run(
            new Transfer(
                "migrate",
                Transfer.parts(
                    snapshot,
                    Transfer.entries(snapshot, chosen.named()),
                    target.account().id(),
                    !chosen.names.isEmpty(),
                    wanted),
                snapshot.manifest().unavailable(),
                wanted.dryRun(),
                options.resume,
                Rerun.of(spec.commandLine().getParseResult(), List.of("migrate"), null),
                List.of("--profile", to),
                plan),
            id,
            results);
  }

  private void requireDifferent(ApiAccount source, ApiAccount target) {
    if (source.id().equals(target.id()) && source.baseUrl().equals(target.baseUrl())) {
      throw new UsageException(
          "the profiles " + from + " and " + to + " are of the same account", null);
    }
  }

  /** What the source holds: as it was listed, if a run goes on, so that its rows stay the same. */
  private Snapshot listed(Connection source, Path results, Environment environment)
      throws IOException {
    if (save != null) {
      DirectoryOption.require("--save", save);
    }
    return new SourceListing(results, save, "carries over", "what --from names")
        .of(
            source.account(),
            chosen.resources(),
            options.resume,
            root -> list(source, root, environment));
  }

  private Snapshot list(Connection source, Path root, Environment environment) throws IOException {
    OutputOptions quiet = new OutputOptions();
    quiet.quiet = output.quiet || output.json;
    quiet.color = output.color;
    Console console = Console.of(quiet, environment).summaryToErr();
    console.note("reading " + from);
    ExportRequest all =
        new ExportRequest(
            chosen.resources().stream().map(Listing::of).toList(),
            RowFormat.JSONL,
            false,
            false,
            Version.current(),
            !chosen.names.isEmpty());
    ExportSummary listed =
        new ExportRun(console, ForegroundSession.of(source, connecting, environment).named(from))
            .toSnapshot(root, all, null);
    return Snapshot.open(Path.of(Objects.requireNonNull(listed.snapshot())));
  }
}
