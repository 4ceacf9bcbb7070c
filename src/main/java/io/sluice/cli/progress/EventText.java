package io.sluice.cli.progress;

import io.sluice.cli.text.Printable;
import io.sluice.pipeline.RunEvent;
import java.util.Optional;
import java.util.function.Consumer;

/** Events that a display notes in a line, in words. */
public final class EventText {
  private EventText() {}

  /** The line, safe to print; empty if the event has none. */
  public static Optional<String> of(RunEvent event) {
    if (event instanceof RunEvent.OutageBegan began) {
      return line("PAUSED, the API is out: " + began.cause().getMessage());
    } else if (event instanceof RunEvent.OutageEnded ended) {
      return line(
          "the API is back after " + Printable.span(ended.lasted().toMillis()) + "; going on");
    } else if (event instanceof RunEvent.ListMoved moved) {
      return line(
          moved.resource() + " changed while it was read (" + moved.why() + "); reading it again");
    } else if (event instanceof RunEvent.SafetySaved saved) {
      return line("saved the records before the change in " + saved.snapshot());
    } else if (event instanceof RunEvent.Note note) {
      return line(note.text());
    }
    return Optional.empty();
  }

  /**
   * The events on the way to one of several accounts, each shown with its name.
   *
   * @param pace takes note of them
   */
  public static Consumer<RunEvent> named(
      String account, Consumer<RunEvent> display, PaceRemark pace) {
    return event -> {
      pace.note(event);
      if (event instanceof RunEvent.ApiMessage said) {
        display.accept(new RunEvent.ApiMessage(account + ": " + said.text()));
      } else {
        of(event).ifPresent(text -> display.accept(new RunEvent.Note(account + ": " + text)));
      }
    };
  }

  private static Optional<String> line(String text) {
    return Optional.of(Printable.safe(text));
  }
}
