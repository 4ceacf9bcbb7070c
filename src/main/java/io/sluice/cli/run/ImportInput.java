package io.sluice.cli.run;

import io.sluice.api.transport.FeedAddress;
import io.sluice.cli.text.StandardInput;
import io.sluice.cli.text.Terminals;
import io.sluice.config.UsageException;
import io.sluice.pipeline.imports.InputOrigin;
import io.sluice.pipeline.imports.input.InputSource;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The input of an import as people name it.
 *
 * @param text a file, the address of a feed, or {@code -} for standard input
 * @param resume whether a run goes on, with the input that it began with
 */
public record ImportInput(String text, boolean resume) {
  private static final String STANDARD_INPUT = "-";

  /** True if it is a feed. */
  public boolean isFeed() {
    return FeedAddress.is(text);
  }

  /** True if people type the rows. */
  public boolean isTyped() {
    return text.equals(STANDARD_INPUT) && Terminals.isTerminal(Terminals.STDIN);
  }

  /** The name that says how rows are written. */
  public String fileName() {
    if (isFeed()) {
      return UsageException.checked("", () -> FeedAddress.of(text, true)).fileName();
    } else if (!text.equals(STANDARD_INPUT)) {
      InputSource.refuseDirectory(Path.of(text));
    }
    return text;
  }

  /** Where its rows are from, to be imported into that account. */
  public InputOrigin origin(String account) throws IOException {
    return text.equals(STANDARD_INPUT) || isFeed()
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
