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
import io.sluice.cli.option.Value;
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

/** Makes one account what another one is. */
public final class MigrateCommand extends Command {
  private final Value<String> from =
      text("--from", "PROFILE", "The profile of the source account.").required();

  private final Value<String> to =
      text("--to", "PROFILE", "The profile of the target account.").required();

  private final Value<Path> save =
      path("--save", "DIR", "Keep a snapshot of the source below this directory.");

  private final ResourceOptions chosen = include(new ResourceOptions());

  private final ChangeOptions options = section("Changes", new ChangeOptions());

  private final PaceOptions connecting = section("Connection to both accounts", new PaceOptions());

  /** Declares the command. */
  public MigrateCommand() {
    super(
        "migrate",
        "Copies the records of one account to another. Plans all kinds of records "
            + "before it changes any; writes blocks first and allow policies last. Reports "
            + "the records that cannot be copied.");
    synopsis("sluice migrate --from PROFILE --to PROFILE [OPTIONS]");
    examples(
        "sluice migrate --from old --to new --dry-run",
        "sluice migrate --from old --to new -r block-senders,allow-policies",
        "sluice migrate --from old --to new --mode mirror --yes --save backups");
  }

  @Override
  public Integer call() throws IOException {
    Environment environment = Environment.ofProcess();
    Console console = Console.of(output, environment);
    Connection source =
        connecting.connection(from.get(), output.config.orNull(), environment, warning -> {});
    Connection target =
        connecting.connection(to.get(), output.config.orNull(), environment, warning -> {});
    requireDifferent(source.account(), target.account());
    ImportOptions wanted = options.understood();
    options.requireEffect(chosen.resources());
    Confirming.requireTerminal(console, output, options.mode(), options.dryRun.get(), "");
    PlanTarget plan = options.target("migrate");
    RunId id = RunId.at(Instant.now());
    Path results = options.results(id);
    Snapshot snapshot = listed(source, results, environment);
    return new TransferJob(
            console, output, ForegroundSession.of(target, connecting, environment).named(to.get()))
        .run(
            new Transfer(
                "migrate",
                Transfer.parts(
                    snapshot,
                    Transfer.entries(snapshot, chosen.named()),
                    target.account().id(),
                    !chosen.names.get().isEmpty(),
                    wanted),
                snapshot.manifest().unavailable(),
                wanted.dryRun(),
                options.resume.get(),
                Rerun.of(parsed(), List.of("migrate"), null),
                List.of("--profile", to.get()),
                plan),
            id,
            results);
  }

  private void requireDifferent(ApiAccount source, ApiAccount target) {
    if (source.id().equals(target.id()) && source.baseUrl().equals(target.baseUrl())) {
      throw new UsageException(
          "the profiles " + from.get() + " and " + to.get() + " are of the same account", null);
    }
  }

  /** What the source holds: as it was listed, if a run goes on, so that its rows stay the same. */
  private Snapshot listed(Connection source, Path results, Environment environment)
      throws IOException {
    if (save.isGiven()) {
      DirectoryOption.require("--save", save.get());
    }
    return new SourceListing(results, save.orNull(), "carries over", "what --from names")
        .of(
            source.account(),
            chosen.resources(),
            options.resume.get(),
            root -> list(source, root, environment));
  }

  private Snapshot list(Connection source, Path root, Environment environment) throws IOException {
    OutputOptions quiet = new OutputOptions();
    quiet.quiet.set(output.quiet.get() || output.json.get());
    quiet.color.set(output.color.get());
    Console console = Console.of(quiet, environment).summaryToErr();
    console.note("reading " + from.get());
    ExportRequest all =
        new ExportRequest(
            chosen.resources().stream().map(Listing::of).toList(),
            RowFormat.JSONL,
            false,
            false,
            Version.current(),
            !chosen.names.get().isEmpty());
    ExportSummary listed =
        new ExportRun(
                console, ForegroundSession.of(source, connecting, environment).named(from.get()))
            .toSnapshot(root, all, null);
    return Snapshot.open(Path.of(Objects.requireNonNull(listed.snapshot())));
  }
}
