package io.sluice.cli.progress;

import io.sluice.catalog.Resource;
import io.sluice.cli.Console;
import io.sluice.pipeline.RunEvent;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Shows on standard error how the reading of records goes on. */
public final class SourceDisplay implements Consumer<RunEvent>, AutoCloseable {
  private final Stage stage;
  private final PaceRemark pace = new PaceRemark();
  private @Nullable Phase phase;
  private @Nullable Resource current;

  public SourceDisplay(Console console) {
    this.stage = new Stage(console);
  }

  @Override
  public synchronized void accept(RunEvent event) {
    if (event instanceof RunEvent.SideRead read) {
      reading(read.resource(), read.records(), read.total());
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

  private void reading(Resource resource, long rows, @Nullable Long total) {
    if (phase == null || !resource.equals(current)) {
      current = resource;
      phase = Phase.calling("reading " + resource, pace);
      stage.show(phase);
    }
    phase.at(rows, total);
  }

  /** All records are read; they are looked at together now. */
  public synchronized void comparing(long records) {
    phase = Phase.local("comparing");
    stage.show(phase);
    phase.at(records, records);
  }

  /** What was warned of. */
  public List<String> warnings() {
    return stage.warnings();
  }

  /** Ends what is being drawn. */
  @Override
  public synchronized void close() {
    stage.clear();
    phase = null;
  }
}
