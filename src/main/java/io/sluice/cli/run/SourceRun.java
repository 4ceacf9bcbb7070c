package io.sluice.cli.run;

import io.sluice.catalog.Resource;
import io.sluice.cli.Console;
import io.sluice.cli.option.OutputOptions;
import io.sluice.cli.option.PaceOptions;
import io.sluice.cli.progress.SourceDisplay;
import io.sluice.config.Environment;
import io.sluice.pipeline.ScratchDirectory;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.compare.Side;
import io.sluice.pipeline.insight.Source;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import reactor.core.publisher.Mono;

/** Opens a source of records as people name it, for a command that looks at them. */
public final class SourceRun {
  private final Console console;
  private final PaceOptions connecting;
  private final OutputOptions output;
  private final Environment environment;

  /**
   * @param connecting how a live account is reached
   */
  public SourceRun(
      Console console, PaceOptions connecting, OutputOptions output, Environment environment) {
    this.console = console;
    this.connecting = connecting;
    this.output = output;
    this.environment = environment;
  }

  /**
   * Opens the source, has something done with it, and closes it.
   *
   * @param name the command, for its scratch directory
   * @param text the source: profile:NAME, a snapshot or a file
   * @param named the kinds of records that were named
   */
  public <T> T on(
      String name,
      String text,
      List<Resource> named,
      BiFunction<Source, SourceDisplay, Mono<T>> work)
      throws IOException {
    StopSignal stop = new StopSignal();
    DiffSides sides =
        new DiffSides(console, named, connecting, output.config.orNull(), environment, stop);
    try (ScratchDirectory scratch = ScratchDirectory.temporary(name);
        SourceDisplay display = new SourceDisplay(console)) {
      Side side = sides.of(text, display::of);
      sides.requireConnection(output);
      Source source = new Source(side, named, scratch.directory(), stop);
      Mono<T> run =
          Mono.usingWhen(Mono.just(sides), open -> work.apply(source, display), DiffSides::close);
      return Objects.requireNonNull(Interrupts.await(run, stop));
    }
  }
}
