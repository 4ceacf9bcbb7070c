package io.sluice.cli.command;

import io.sluice.catalog.Resource;
import io.sluice.cli.Console;
import io.sluice.cli.option.OutputOptions;
import io.sluice.cli.option.PaceOptions;
import io.sluice.cli.option.ResourceOptions;
import io.sluice.cli.progress.DiffDisplay;
import io.sluice.cli.run.DiffRun;
import io.sluice.cli.run.DiffSides;
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
      "Shows what turns A into B: records to create (+), to change (~), field by "
          + "field, and to delete (-). Changes nothing.",
      "A and B are snapshots, files (with one -r), or live accounts, written "
          + "profile:NAME. Records are matched by key and compared by the fields that "
          + "can be written; differences that no client can write are listed separately.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  sluice diff backups/2026-11-20T020000Z backups/latest",
      "  sluice diff backups/latest profile:prod --detailed-exitcode",
      "  sluice diff -r block-senders profile:prod blocked.csv",
      "",
      "Exit codes: 0 done, 8 differences (--detailed-exitcode), 9 damaged snapshot."
    })
public final class DiffCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "A", description = "The side that would change.")
  private String before = "";

  @Parameters(index = "1", paramLabel = "B", description = "The side that A would become.")
  private String after = "";

  @Mixin private ResourceOptions chosen = new ResourceOptions();

  @Option(names = "--detailed-exitcode", description = "Exit with 8 if there are differences.")
  private boolean detailed;

  @ArgGroup(validate = false, heading = "%nConnection to live accounts:%n", order = 98)
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
      DiffDisplay display = new DiffDisplay(console, printer);
      DiffSides sides = new DiffSides(console, named, connecting, output.config, environment, stop);
      DiffRequest request =
          DiffRequest.of(sides.of(before, display::of), sides.of(after, display::of), named);
      printer.begin(request);
      return new DiffRun(request, sides, display, stop).in(work.directory(), detailed).exit();
    }
  }
}
