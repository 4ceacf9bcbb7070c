package io.sluice.cli.progress;

import io.sluice.catalog.Resource;
import io.sluice.cli.Console;
import io.sluice.cli.text.Printable;
import io.sluice.pipeline.RunEvent;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Shows an export on standard error: a bar on a terminal, a line now and then elsewhere. */
public final class ExportDisplay implements Consumer<RunEvent>, AutoCloseable {
  private final Console console;
  private final Stage stage;
  private final PaceRemark pace = new PaceRemark();
  private @Nullable Phase phase;
  private @Nullable Resource reading;

  public ExportDisplay(Console console) {
    this.console = console;
    this.stage = new Stage(console);
  }

  @Override
  public synchronized void accept(RunEvent event) {
    pace.note(event);
    if (event instanceof RunEvent.Progress now) {
      progress(now);
    } else if (event instanceof RunEvent.Exported written) {
      written(written);
    } else if (event instanceof RunEvent.KindUnavailable lacking) {
      unavailable(lacking);
    } else if (event instanceof RunEvent.ListMoved && phase != null) {
      phase.at(0, null);
    }
    stage.remark(event);
  }

  private void progress(RunEvent.Progress now) {
    Phase shown = phase;
    if (shown == null || !now.resource().equals(reading)) {
      reading = now.resource();
      shown = Phase.calling(now.resource().slug(), pace);
      phase = shown;
      stage.show(shown);
    }
    shown.at(now.done(), now.total());
  }

  private void written(RunEvent.Exported written) {
    stage.keep();
    if (written.moved() != null) {
      console.warn(
          written.resource().slug()
              + " kept changing while it was read three times ("
              + written.moved()
              + ")");
    }
  }

  private void unavailable(RunEvent.KindUnavailable lacking) {
    close();
    String text =
        Printable.safe(
            "the account does not offer "
                + lacking.resource().slug()
                + " ("
                + lacking.why().reason()
                + "): not in its package, or not open to the token's role; left out");
    if (lacking.known()) {
      console.note(text);
    } else {
      console.warn(text);
    }
  }

  @Override
  public synchronized void close() {
    stage.clear();
  }
}
