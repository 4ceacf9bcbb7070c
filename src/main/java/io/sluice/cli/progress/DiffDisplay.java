package io.sluice.cli.progress;

import io.sluice.cli.Console;
import io.sluice.cli.text.DiffPrinter;
import io.sluice.cli.text.DiffSummary;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.compare.ResourceDiff;
import io.sluice.pipeline.compare.Side;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Shows on standard error how a comparison goes on, and hands on what it finds. */
public final class DiffDisplay implements Consumer<RunEvent> {
  private final Stage stage;
  private final DiffPrinter printer;
  private final PaceRemark pace = new PaceRemark();
  private final Map<Side, Extent> read = new HashMap<>();
  private @Nullable Phase phase;
  private String task = "";

  /** How far a listing has been read. */
  private record Extent(long rows, @Nullable Long total) {}

  public DiffDisplay(Console console, DiffPrinter printer) {
    this.stage = new Stage(console);
    this.printer = printer;
  }

  @Override
  public synchronized void accept(RunEvent event) {
    if (event instanceof RunEvent.SideRead side) {
      reading(side);
    } else if (event instanceof RunEvent.Progress now) {
      at("comparing " + now.resource(), now.done(), null, Phase::local);
    } else if (event instanceof RunEvent.DifferenceFound found) {
      stage.aside(() -> printer.difference(found.difference()));
    } else if (event instanceof RunEvent.KindCompared compared) {
      compared(compared.result());
    } else if (event instanceof RunEvent.Warning warning) {
      stage.warn(warning.text());
    } else {
      stage.remark(event);
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
  public List<String> warnings() {
    return stage.warnings();
  }

  /** Ends what is being drawn. */
  public synchronized void close() {
    stage.clear();
    task = "";
  }

  private void at(String now, long rows, @Nullable Long all, Function<String, Phase> made) {
    if (phase == null || !now.equals(task)) {
      task = now;
      phase = made.apply(now);
      stage.show(phase);
    }
    phase.at(rows, all);
  }
}
