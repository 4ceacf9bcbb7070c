package io.sluice.cli.progress;

import io.sluice.cli.Console;
import io.sluice.pipeline.RunEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one place on the screen where progress is drawn, for displays that take turns: whoever draws
 * takes the place of whoever drew before. Thread-safe.
 */
final class Stage {
  private final Console console;
  private final List<String> warnings = new ArrayList<>();
  private @Nullable ProgressView view;

  Stage(Console console) {
    this.console = console;
  }

  /** Draws this from now on. */
  synchronized ProgressView show(Supplier<ProgressLine> now) {
    clear();
    ProgressView shown = ProgressView.of(console, now);
    view = shown;
    return shown;
  }

  /** True if that is what is drawn. */
  synchronized boolean shows(@Nullable ProgressView some) {
    return some != null && view == some;
  }

  /** Prints something, out of the way of what is drawn. */
  synchronized void aside(Runnable printing) {
    if (view == null) {
      printing.run();
    } else {
      view.aside(printing);
    }
  }

  /** Warns, out of the way of what is drawn, and remembers it. */
  synchronized void warn(String text) {
    warnings.add(text);
    aside(() -> console.warn(text));
  }

  /** What was warned of. */
  synchronized List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** Prints what the event says to people, if it does, out of the way of what is drawn. */
  void remark(RunEvent event) {
    if (event instanceof RunEvent.ApiMessage said) {
      aside(() -> console.apiSays(said.text()));
    } else {
      EventText.of(event).ifPresent(text -> aside(() -> console.note(text)));
    }
  }

  /** Draws nothing any more; what was drawn stays, as it is at the end. */
  synchronized void keep() {
    if (view != null) {
      view.keep();
    }
  }

  /** Draws nothing any more. */
  synchronized void clear() {
    if (view != null) {
      view.close();
      view = null;
    }
  }
}
