package io.sluice.cli.run;

import io.sluice.api.transport.FeedAddress;
import io.sluice.cli.Console;
import io.sluice.cli.text.StandardInput;
import io.sluice.cli.text.Terminals;
import io.sluice.config.UsageException;
import io.sluice.pipeline.imports.InputOrigin;
import io.sluice.pipeline.imports.input.InputSource;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The input of an import as people name it.
 *
 * @param text a file, the address of a feed, or {@code -} for standard input
 * @param resume whether a run goes on, with the input that it began with
 * @param feed its address, if it is a feed
 */
public record ImportInput(String text, boolean resume, @Nullable FeedAddress feed) {
  private static final String STANDARD_INPUT = "-";

  /**
   * The input of that name.
   *
   * @param allowHttp whether a feed may come without encryption
   * @throws UsageException if it is a feed that cannot be fetched
   */
  public static ImportInput of(String text, boolean resume, boolean allowHttp) {
    return new ImportInput(
        text,
        resume,
        FeedAddress.is(text)
            ? UsageException.checked("", () -> FeedAddress.of(text, allowHttp))
            : null);
  }

  /** Says that rows are awaited, if people type them. */
  public void announce(Console console) {
    if (isTyped()) {
      console.note("reading rows from the keyboard; Ctrl-D ends them");
    }
  }

  private boolean isTyped() {
    return text.equals(STANDARD_INPUT) && Terminals.isTerminal(Terminals.STDIN);
  }

  /** The name that says how rows are written. */
  public String fileName() {
    if (feed != null) {
      return feed.fileName();
    } else if (!text.equals(STANDARD_INPUT)) {
      InputSource.refuseDirectory(Path.of(text));
    }
    return text;
  }

  /** Where its rows are from, to be imported into that account. */
  public InputOrigin origin(String account) throws IOException {
    return text.equals(STANDARD_INPUT) || feed != null
        ? InputOrigin.UNKNOWN
        : InputOrigin.of(Path.of(text), account);
  }

  /**
   * Its rows, if it is no feed.
   *
   * @param directory where rows are kept that cannot be read twice
   * @param again whether the run has read its input before
   */
  public InputSource open(Path directory, boolean again) throws IOException {
    if (!text.equals(STANDARD_INPUT)) {
      return InputSource.file(Path.of(text), directory);
    }
    if (resume && (again || isTyped()) && InputSource.isSpooled(directory)) {
      return InputSource.spooledBefore(STANDARD_INPUT, directory);
    }
    return resume
        ? InputSource.spooledUnlessEmpty(STANDARD_INPUT, StandardInput.open(), directory)
        : InputSource.spooled(STANDARD_INPUT, StandardInput.open(), directory);
  }
}
