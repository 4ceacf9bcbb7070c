package io.sluice.cli.progress;

import io.sluice.cli.Console;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one place on the screen where progress is drawn, for displays that take turns: whoever draws
 * takes the place of whoever drew before. Thread-safe.
 */
final class Stage {
  private final Console console;
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

  /** Draws nothing any more. */
  synchronized void clear() {
    if (view != null) {
      view.close();
      view = null;
    }
  }
}
