package io.sluice.cli.text;

import io.sluice.cli.Console;
import io.sluice.pipeline.ChangeJson;
import io.sluice.pipeline.compare.DiffRequest;
import io.sluice.pipeline.compare.Difference;
import io.sluice.pipeline.compare.Difference.Kind;
import io.sluice.pipeline.compare.ResourceDiff;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Prints differences: each at once with --json; else those of one resource together, below their
 * counts, and behind them what cannot travel.
 */
public final class DiffPrinter implements Closeable {
  private final Console console;
  private final HeldLines differences;
  private final HeldLines apart;

  /**
   * A printer that has printed nothing.
   *
   * @param scratch a directory for lines that wait for their heading
   */
  public DiffPrinter(Console console, Path scratch) throws IOException {
    this.console = console;
    this.differences = new HeldLines(scratch);
    this.apart = new HeldLines(scratch);
  }

  /** Says what is compared. */
  public void begin(DiffRequest request) {
    console.detail(
        Printable.safe(
            "from " + DiffText.named(request.before()) + " to " + DiffText.named(request.after())));
  }

  public void difference(Difference difference) {
    if (console.json()) {
      console.result(ChangeJson.of(difference));
      return;
    }
    try {
      HeldLines lines = difference.kind() == Kind.CANNOT_TRAVEL ? apart : differences;
      lines.add(DiffText.line(console, difference));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  public void compared(ResourceDiff result) {
    if (console.json()) {
      return;
    }
    String title = console.style("bold", result.resource().slug());
    String alike = result.alike() == 0 ? "" : ", " + Printable.count(result.alike()) + " alike";
    String counts =
        counts(result.of(Kind.CREATED), result.of(Kind.CHANGED), result.of(Kind.DELETED));
    long bound = result.of(Kind.CANNOT_TRAVEL);
    String line = title + ": " + counts + alike + travel(bound);
    if (result.differences() + bound == 0) {
      console.detail(line);
    } else {
      console.say(line);
    }
    try {
      differences.release(console::say);
      apart.release(console::say);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  public void end(DiffSummary summary) {
    if (console.json()) {
      console.result(summary.json());
      return;
    }
    String counts =
        counts(summary.of(Kind.CREATED), summary.of(Kind.CHANGED), summary.of(Kind.DELETED));
    int left = summary.notCompared();
    String rest =
        left == 0
            ? ""
            : "; "
                + left
                + (left == 1 ? " kind of records is" : " kinds of records are")
                + " not compared";
    console.say(counts + travel(summary.of(Kind.CANNOT_TRAVEL)) + rest);
  }

  private static String counts(long created, long changed, long deleted) {
    return Printable.changes(created, changed, deleted, "no differences");
  }

  private static String travel(long bound) {
    return bound == 0 ? "" : "; " + Printable.count(bound) + " cannot travel";
  }

  @Override
  public void close() throws IOException {
    try {
      differences.close();
    } finally {
      apart.close();
    }
  }
}
