package io.sluice.cli.run;

import io.sluice.cli.progress.DiffDisplay;
import io.sluice.cli.text.DiffSummary;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.compare.Diff;
import io.sluice.pipeline.compare.DiffRequest;
import java.nio.file.Path;
import java.util.Objects;
import reactor.core.publisher.Mono;

/** Runs one comparison in the foreground and shows how it goes on. */
public final class DiffRun {
  private final DiffRequest request;
  private final DiffSides sides;
  private final DiffDisplay display;
  private final StopSignal stop;

  public DiffRun(DiffRequest request, DiffSides sides, DiffDisplay display, StopSignal stop) {
    this.request = request;
    this.sides = sides;
    this.display = display;
    this.stop = stop;
  }

  /**
   * Runs it; the differences are printed as they are found.
   *
   * @param detailed whether differences are an exit code
   */
  public DiffSummary in(Path scratch, boolean detailed) {
    long start = System.nanoTime();
    Mono<DiffSummary> run =
        Mono.usingWhen(
            Mono.just(sides),
            open ->
                new Diff(request, scratch, stop, display)
                    .run()
                    .map(
                        results ->
                            new DiffSummary(
                                request,
                                results,
                                display.warnings(),
                                detailed,
                                open.requests(),
                                (System.nanoTime() - start) / 1_000_000))
                    .doOnNext(display::end),
            DiffSides::close);
    try {
      return Objects.requireNonNull(Interrupts.await(run, stop));
    } finally {
      display.close();
    }
  }
}
