package io.sluice.pipeline.imports.results;

import io.sluice.pipeline.imports.input.InputSource;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Where a run reads and where it leaves its results.
 *
 * @param input opens the input
 * @param results the results directory; made if it is not there
 * @param resume whether to go on with the run that began there
 */
public record ResultsLocation(SourceOpener input, Path results, boolean resume) {
  /** Opens the input. Blocking. */
  @FunctionalInterface
  public interface SourceOpener {
    /**
     * Opens it.
     *
     * @param directory where a stream may be copied to
     * @param again whether an earlier process of this run has done that
     */
    InputSource open(Path directory, boolean again) throws IOException;
  }
}
