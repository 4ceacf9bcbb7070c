package io.sluice.cli.command;

import io.sluice.catalog.Resource;
import io.sluice.cli.Console;
import io.sluice.cli.option.OutputOptions;
import io.sluice.cli.option.PaceOptions;
import io.sluice.cli.option.ResourceOptions;
import io.sluice.cli.run.DiffDisplay;
import io.sluice.cli.run.DiffRun;
import io.sluice.cli.run.DiffSides;
import io.sluice.cli.run.LiveAccounts;
import io.sluice.cli.text.DiffPrinter;
import io.sluice.config.Environment;
import io.sluice.pipeline.ScratchDirectory;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.compare.DiffRequest;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares two sides. */
@Command(
    name = "diff",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = {
      "Says what would have to happen to A for it to become B: what is created (+), changed (~),"
          + " field by field, and deleted (-). Changes nothing.",
      "A and B are snapshots, files (with one -r), or live accounts, as profile:NAME. Records are"
          + " compared by key, over the fields that can be written; what no client can write is"
          + " listed apart.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  sluice diff backups/2026-11-20T020000Z backups/latest",
      "  sluice diff backups/latest profile:prod --detailed-exitcode",
      "  sluice diff -r block-senders profile:prod blocked.csv",
      "",
      "Exit codes: 0 done, 8 differences found (with --detailed-exitcode), 9 a snapshot is damaged."
    })
public final class DiffCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "A", description = "What would have to change.")
  private String before = "";

  @Parameters(index = "1", paramLabel = "B", description = "What it would become.")
  private String after = "";

  @Mixin private ResourceOptions chosen = new ResourceOptions();

  @Option(names = "--detailed-exitcode", description = "Exit 8 if there are differences.")
  private boolean detailed;

  @ArgGroup(validate = false, heading = "%nThe way to live accounts:%n", order = 98)
  private PaceOptions connecting = new PaceOptions();

  @ArgGroup(validate = false, heading = "%nOutput:%n", order = 99)
  private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    Environment environment = Environment.ofProcess();
    Console console = Console.of(output, environment);
    List<Resource> named = chosen.named();
    StopSignal stop = new StopSignal();
    try (ScratchDirectory work = ScratchDirectory.temporary("diff");
        DiffPrinter printer = new DiffPrinter(console, work.directory())) {
      LiveAccounts accounts =
          new LiveAccounts(
              profile -> connecting.connection(profile, output.config, environment, console::warn),
              connecting.transport(environment),
              connecting.maxOutage,
              stop);
      DiffDisplay display = new DiffDisplay(console, printer);
      DiffSides sides =
          new DiffSides(
              named, profile -> accounts.open(profile, display.of(profile)), console::note);
      DiffRequest request = DiffRequest.of(sides.of(before), sides.of(after), named);
      printer.begin(request);
      return new DiffRun(request, accounts, display, stop).in(work.directory(), detailed).exit();
    }
  }
}
