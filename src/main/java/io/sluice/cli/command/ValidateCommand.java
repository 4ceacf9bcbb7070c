package io.sluice.cli.command;

import io.sluice.catalog.Resource;
import io.sluice.cli.Console;
import io.sluice.cli.option.OneResourceOption;
import io.sluice.cli.option.ReadingOptions;
import io.sluice.cli.option.Value;
import io.sluice.cli.progress.Phase;
import io.sluice.cli.progress.ProgressView;
import io.sluice.cli.run.ImportInput;
import io.sluice.cli.run.Interrupts;
import io.sluice.cli.text.FaultPrinter;
import io.sluice.cli.text.StandardInput;
import io.sluice.config.Environment;
import io.sluice.config.UsageException;
import io.sluice.flow.Blocking;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.ScratchDirectory;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.imports.input.CheckRequest;
import io.sluice.pipeline.imports.input.CheckSummary;
import io.sluice.pipeline.imports.input.CheckedInput;
import io.sluice.pipeline.imports.input.InputCheck;
import io.sluice.pipeline.imports.input.InputSource;
import io.sluice.plan.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;

/** Checks an input file without calling the API. */
public final class ValidateCommand extends Command {
  private final OneResourceOption chosen = include(new OneResourceOption());
  private final ReadingOptions reading = include(new ReadingOptions());

  private final Value<String> file =
      argument("FILE|-", String.class, "The file; - is standard input.");

  /** Declares the command. */
  public ValidateCommand() {
    super("validate", "Checks a file as 'import' does before it calls the API. Makes no calls.");
    examples(
        "sluice validate -r block-senders samples/block-senders.csv",
        "sluice validate -r block-senders samples/indicators.txt --normalize",
        "zcat blocked.txt.gz | sluice validate -r block-senders --format list -");
  }

  @Override
  public Integer call() throws IOException {
    Console console = Console.of(output, Environment.ofProcess());
    Resource resource = chosen.resource();
    ImportInput input = ImportInput.of(file.get(), false, true);
    if (input.feed() != null) {
      throw new UsageException(
          "validate reads no feed, which it would have to fetch",
          "'sluice import --dry-run' checks one, and shows what it would change");
    } else if (!file.get().equals("-")) {
      InputSource.refuseDirectory(Path.of(file.get()));
    }
    CheckRequest request = reading.request(file.get(), resource, Mode.UPSERT);
    input.announce(console);
    StopSignal stop = new StopSignal();
    FaultPrinter faults = new FaultPrinter(console);
    try (ScratchDirectory work = ScratchDirectory.temporary("validate")) {
      CheckSummary summary = check(console, request, work.directory(), stop, faults);
      return faults.summarize(summary, file.get(), reading.skipInvalid.get());
    }
  }

  private CheckSummary check(
      Console console, CheckRequest request, Path scratch, StopSignal stop, FaultPrinter faults)
      throws IOException {
    InputSource source =
        file.get().equals("-")
            ? InputSource.spooled("-", StandardInput.open(), scratch)
            : InputSource.file(Path.of(file.get()), scratch);
    Phase phase = Phase.local("checking");
    try (ProgressView progress = ProgressView.of(console, phase)) {
      InputCheck check = new InputCheck(source, request, scratch, stop);
      try (CheckedInput checked =
          Objects.requireNonNull(
              Interrupts.await(
                  Blocking.call(() -> check.run(watch(faults, phase, progress))), stop))) {
        return checked.summary();
      }
    }
  }

  private static Consumer<RunEvent> watch(FaultPrinter faults, Phase phase, ProgressView progress) {
    return event -> {
      if (event instanceof RunEvent.Progress now) {
        phase.at(now.done(), null);
      } else if (event instanceof RunEvent.FaultFound found) {
        progress.aside(() -> faults.print(found.row(), found.fault()));
      } else if (event instanceof RunEvent.PatternRewritten rewritten) {
        faults.rewritten(rewritten.row());
      }
    };
  }
}
