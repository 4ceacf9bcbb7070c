package io.sluice.cli.run;

import io.sluice.cli.Console;
import io.sluice.cli.progress.EventText;
import io.sluice.cli.progress.PaceRemark;
import io.sluice.cli.progress.Phase;
import io.sluice.cli.progress.ProgressView;
import io.sluice.cli.text.DiffPrinter;
import io.sluice.cli.text.DiffSummary;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.compare.ResourceDiff;
import io.sluice.pipeline.compare.Side;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Shows on standard error how a comparison goes on, and hands on what it finds. */
public final class DiffDisplay implements Consumer<RunEvent> {
  private final Console console;
  private final DiffPrinter printer;
  private final PaceRemark pace = new PaceRemark();
  private final List<String> warnings = new ArrayList<>();
  private final Map<Side, Extent> read = new HashMap<>();
  private @Nullable ProgressView view;
  private @Nullable Phase phase;
  private String task = "";

  /** How far a listing has been read. */
  private record Extent(long rows, @Nullable Long total) {}

  public DiffDisplay(Console console, DiffPrinter printer) {
    this.console = console;
    this.printer = printer;
  }

  @Override
  public synchronized void accept(RunEvent event) {
    if (event instanceof RunEvent.SideRead side) {
      reading(side);
    } else if (event instanceof RunEvent.Progress now) {
      at("comparing " + now.resource(), now.done(), null, Phase::local);
    } else if (event instanceof RunEvent.DifferenceFound found) {
      aside(() -> printer.difference(found.difference()));
    } else if (event instanceof RunEvent.KindCompared compared) {
      compared(compared.result());
    } else if (event instanceof RunEvent.Warning warning) {
      warnings.add(warning.text());
      aside(() -> console.warn(warning.text()));
    } else if (event instanceof RunEvent.ApiMessage said) {
      aside(() -> console.apiSays(said.text()));
    } else {
      EventText.of(event).ifPresent(text -> aside(() -> console.note(text)));
    }
  }

  /** Receives the events on the way to one of the accounts. */
  public Consumer<RunEvent> of(String account) {
    return EventText.named(account, this, pace);
  }

  private void reading(RunEvent.SideRead side) {
    read.put(side.side(), new Extent(side.records(), side.total()));
    long all = 0;
    boolean known = true;
    for (Extent extent : read.values()) {
      all += extent.total() == null ? 0 : extent.total();
      known &= extent.total() != null;
    }
    long done = read.values().stream().mapToLong(Extent::rows).sum();
    at("reading " + side.resource(), done, known ? all : null, name -> Phase.calling(name, pace));
  }

  private void compared(ResourceDiff result) {
    close();
    read.clear();
    printer.compared(result);
  }

  /** All is compared. */
  public synchronized void end(DiffSummary summary) {
    close();
    printer.end(summary);
  }

  /** What was warned of. */
  public synchronized List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** Ends what is being drawn. */
  public synchronized void close() {
    if (view != null) {
      view.close();
      view = null;
    }
    task = "";
  }

  private void at(String now, long rows, @Nullable Long all, Function<String, Phase> made) {
    if (phase == null || !now.equals(task)) {
      close();
      task = now;
      phase = made.apply(now);
      view = ProgressView.of(console, phase);
    }
    phase.at(rows, all);
  }

  private void aside(Runnable printing) {
    if (view == null) {
      printing.run();
    } else {
      view.aside(printing);
    }
  }
}
