package io.sluice.pipeline.imports;

import io.sluice.pipeline.imports.input.InputSource;
import io.sluice.pipeline.imports.results.PastRun;
import io.sluice.report.ResultsDirectory;
import io.sluice.report.RunId;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;

/**
 * Where one run works: its results directory and its input. Blocking.
 *
 * @param id the run's name, which an earlier process may have given
 */
record Workshop(
    ResultsDirectory results, InputSource source, PastRun past, RunId id, Instant startedAt)
    implements Closeable {

  static Workshop open(Place place, RunId id, Instant now) throws IOException {
    ResultsDirectory results =
        place.resume()
            ? ResultsDirectory.resume(place.results())
            : ResultsDirectory.begin(place.results());
    boolean opened = false;
    PastRun past = PastRun.none();
    try {
      if (results.begun().isPresent()) {
        past = PastRun.of(results.journal());
      }
      InputSource source = place.input().open(results.path(), results.begun().isPresent());
      if (results.begun().isPresent()) {
        PastRun.requireSameInput(results.begun().get(), source);
      }
      opened = true;
      return new Workshop(
          results,
          source,
          past,
          results.begun().map(header -> new RunId(header.runId())).orElse(id),
          results.begun().map(header -> header.startedAt()).orElse(now));
    } finally {
      if (!opened) {
        past.close();
        results.close();
      }
    }
  }

  @Override
  public void close() throws IOException {
    try {
      past.close();
    } finally {
      results.close();
    }
  }
}
