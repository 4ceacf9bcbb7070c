package io.sluice.cli.text;

import io.sluice.cli.Console;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.insight.history.Change;
import io.sluice.pipeline.insight.history.HistorySummary;
import io.sluice.pipeline.insight.history.HistorySummary.There;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Prints what changed between snapshots: a line a pair, and below it each change if asked for. */
public final class HistoryPrinter implements Closeable {
  private final Console console;
  private final boolean each;
  private final HeldLines changes;
  private String shown = "";

  /**
   * @param each whether every change is shown, or the counts
   * @param scratch a directory for lines that wait for their heading
   */
  public HistoryPrinter(Console console, boolean each, Path scratch) throws IOException {
    this.console = console;
    this.each = each;
    this.changes = new HeldLines(scratch);
  }

  public void change(Change change) {
    if (console.json()) {
      console.result(change.json());
    } else if (each) {
      try {
        changes.add("  " + DiffText.line(console, change.difference(), change.kind()));
      } catch (IOException unwritable) {
        throw new UncheckedIOException(unwritable);
      }
    }
  }

  public void compared(RunEvent.SnapshotsCompared pair) {
    if (console.json() || pair.changes() == 0) {
      return;
    }
    String heading = pair.from() + " to " + pair.to();
    if (!heading.equals(shown)) {
      console.say(console.style("bold", heading));
      shown = heading;
    }
    console.say("  " + pair.resource() + ": " + counts(pair));
    try {
      changes.release(console::say);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Prints what it came to. */
  public void end(HistorySummary summary) {
    for (There one : summary.there()) {
      console.say(
          Printable.safe(one.resource() + " " + one.key())
              + ": there in "
              + one.in()
              + " already, the first snapshot that holds such records");
    }
    boolean unseen =
        summary.key() != null
            && summary.there().isEmpty()
            && summary.created() + summary.changed() + summary.deleted() == 0;
    if (unseen) {
      console.say(
          Printable.safe(
              summary.key()
                  + ": neither in the first snapshot of its kind nor in any change since"));
    }
    console.say(
        Printable.count(summary.snapshots())
            + (summary.snapshots() == 1 ? " snapshot" : " snapshots")
            + " from "
            + summary.first()
            + " to "
            + summary.last()
            + ": "
            + counts(summary.created(), summary.changed(), summary.deleted()));
  }

  private static String counts(RunEvent.SnapshotsCompared pair) {
    return counts(pair.created(), pair.changed(), pair.deleted());
  }

  private static String counts(long created, long changed, long deleted) {
    return Printable.changes(created, changed, deleted, "no changes");
  }

  @Override
  public void close() throws IOException {
    changes.close();
  }
}
