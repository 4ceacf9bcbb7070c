package io.sluice.cli.run;

import io.sluice.catalog.Resource;
import io.sluice.cli.Console;
import io.sluice.cli.progress.EventText;
import io.sluice.cli.progress.PaceRemark;
import io.sluice.cli.progress.Phase;
import io.sluice.cli.progress.ProgressView;
import io.sluice.pipeline.RunEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Shows on standard error how the reading of records goes on. */
public final class SourceDisplay implements Consumer<RunEvent>, AutoCloseable {
  private final Console console;
  private final PaceRemark pace = new PaceRemark();
  private final List<String> warnings = new ArrayList<>();
  private @Nullable ProgressView view;
  private @Nullable Phase phase;
  private @Nullable Resource current;

  public SourceDisplay(Console console) {
    this.console = console;
  }

  @Override
  public synchronized void accept(RunEvent event) {
    if (event instanceof RunEvent.SideRead read) {
      reading(read.resource(), read.records(), read.total());
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

  private void reading(Resource resource, long rows, @Nullable Long total) {
    if (phase == null || !resource.equals(current)) {
      close();
      current = resource;
      phase = Phase.calling("reading " + resource, pace);
      view = ProgressView.of(console, phase);
    }
    phase.at(rows, total);
  }

  /** All records are read; they are looked at together now. */
  public synchronized void comparing(long records) {
    close();
    phase = Phase.local("comparing");
    view = ProgressView.of(console, phase);
    phase.at(records, records);
  }

  /** What was warned of. */
  public synchronized List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** Ends what is being drawn. */
  @Override
  public synchronized void close() {
    if (view != null) {
      view.close();
      view = null;
      phase = null;
    }
  }

  private void aside(Runnable printing) {
    if (view == null) {
      printing.run();
    } else {
      view.aside(printing);
    }
  }
}
