package io.sluice.cli.command;

import io.sluice.catalog.Resource;
import io.sluice.cli.Console;
import io.sluice.cli.option.PaceOptions;
import io.sluice.cli.option.ResourceOptions;
import io.sluice.cli.option.Value;
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

/** Compares two sides. */
public final class DiffCommand extends Command {
  private final Value<String> before = argument("A", String.class, "The side that would change.");

  private final Value<String> after = argument("B", String.class, "The side that A would become.");

  private final ResourceOptions chosen = include(new ResourceOptions());

  private final Value<Boolean> detailed =
      flag("--detailed-exitcode", "Exit with 8 if there are differences.");

  private final PaceOptions connecting = section("Connection to live accounts", new PaceOptions());

  /** Declares the command. */
  public DiffCommand() {
    super(
        "diff",
        "Shows what turns A into B: records to create (+), to change (~), field by "
            + "field, and to delete (-). Changes nothing.",
        "A and B are snapshots, files (with one -r), or live accounts, written "
            + "profile:NAME. Records are matched by key and compared by the fields that "
            + "can be written; differences that no client can write are listed separately.");
    examples(
        "sluice diff backups/2026-11-20T020000Z backups/latest",
        "sluice diff backups/latest profile:prod --detailed-exitcode",
        "sluice diff -r block-senders profile:prod blocked.csv");
    remarks("Exit codes: 0 done, 8 differences (--detailed-exitcode), 9 damaged snapshot.");
  }

  @Override
  public Integer call() throws IOException {
    Environment environment = Environment.ofProcess();
    Console console = Console.of(output, environment);
    List<Resource> named = chosen.named();
    StopSignal stop = new StopSignal();
    try (ScratchDirectory work = ScratchDirectory.temporary("diff");
        DiffPrinter printer = new DiffPrinter(console, work.directory())) {
      DiffDisplay display = new DiffDisplay(console, printer);
      DiffSides sides =
          new DiffSides(console, named, connecting, output.config.orNull(), environment, stop);
      DiffRequest request =
          DiffRequest.of(
              sides.of(before.get(), display::of), sides.of(after.get(), display::of), named);
      sides.requireConnection(output);
      printer.begin(request);
      return new DiffRun(request, sides, display, stop).in(work.directory(), detailed.get()).exit();
    }
  }
}
