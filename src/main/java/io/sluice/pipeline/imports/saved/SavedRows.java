package io.sluice.pipeline.imports.saved;

import io.sluice.format.text.LineReader;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rows of one part of a saved plan: first those of the input, then the records that no row
 * names. Blocking; for one thread at a time.
 */
public final class SavedRows implements Closeable {
  private final LineReader lines;
  private boolean named = true;
  private boolean ended;

  SavedRows(LineReader lines) {
    this.lines = lines;
  }

  /** The next row of the input; null when there is none left. */
  public @Nullable SavedRow next() throws IOException {
    return named ? read() : null;
  }

  /** The next record that no row names; to be asked when no row is left. */
  public @Nullable SavedRow nextUnnamed() throws IOException {
    return named || ended ? null : read();
  }

  private @Nullable SavedRow read() throws IOException {
    byte[] line = SavedPlan.next(lines);
    String text = line == null ? "" : SavedPlan.text(line);
    if (text.startsWith(SavedPlanWriter.UNNAMED)) {
      named = false;
      return null;
    } else if (line == null
        || text.startsWith(SavedPlanWriter.PART)
        || text.startsWith(SavedPlanWriter.END)) {
      named = false;
      ended = true;
      return null;
    }
    ObjectNode json = SavedPlan.object(line);
    if (json == null) {
      throw new IOException("a row of the plan cannot be read");
    }
    try {
      return SavedRowCodec.read(json);
    } catch (IllegalArgumentException strange) {
      throw new IOException("a row of the plan cannot be understood: " + strange.getMessage());
    }
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
