package io.sluice.cli.run;

import io.sluice.cli.Console;
import io.sluice.cli.progress.Phase;
import io.sluice.cli.progress.ProgressView;
import io.sluice.cli.text.HistoryPrinter;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.ScratchDirectory;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.insight.history.History;
import io.sluice.pipeline.insight.history.HistoryRequest;
import io.sluice.pipeline.insight.history.HistorySummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Goes through snapshots in the foreground and shows what changed. */
public final class HistoryRun {
  private final Console console;

  public HistoryRun(Console console) {
    this.console = console;
  }

  /**
   * Goes through them; what the process ends with.
   *
   * @param each whether every change is shown, or the counts
   */
  public int of(HistoryRequest request, boolean each) throws IOException {
    StopSignal stop = new StopSignal();
    List<String> warnings = new ArrayList<>();
    Phase phase = Phase.local("comparing snapshots");
    try (ScratchDirectory scratch = ScratchDirectory.temporary("history");
        HistoryPrinter printer = new HistoryPrinter(console, each, scratch.directory())) {
      HistorySummary summary;
      try (ProgressView progress = ProgressView.of(console, phase)) {
        summary =
            Objects.requireNonNull(
                Interrupts.await(
                    History.of(
                        request,
                        scratch.directory(),
                        stop,
                        events(printer, phase, progress, warnings)),
                    stop));
      }
      console.result(summary.json(warnings));
      printer.end(summary);
      return summary.exit().number();
    }
  }

  private Consumer<RunEvent> events(
      HistoryPrinter printer, Phase phase, ProgressView progress, List<String> warnings) {
    return event -> {
      if (event instanceof RunEvent.RecordChanged changed) {
        progress.aside(() -> printer.change(changed.change()));
      } else if (event instanceof RunEvent.SnapshotsCompared pair) {
        progress.aside(() -> printer.compared(pair));
      } else if (event instanceof RunEvent.SnapshotReached reached) {
        phase.at(reached.snapshots(), (long) reached.all());
      } else if (event instanceof RunEvent.Warning warning) {
        warnings.add(warning.text());
        progress.aside(() -> console.warn(warning.text()));
      }
    };
  }
}
