package io.sluice.pipeline.imports;

import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.imports.input.InputSource;
import io.sluice.pipeline.imports.results.JournalReplay;
import io.sluice.pipeline.imports.results.ResultsLocation;
import io.sluice.pipeline.imports.saved.SavedPlan;
import io.sluice.report.ResultsDirectory;
import io.sluice.report.RunId;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One input with its results directory and what earlier processes made of it. Blocking.
 *
 * @param id the run's name, which an earlier process may have given
 * @param saved the saved plan that is carried out; null if one is made
 */
record RunContext(
    ImportRequest request,
    Consumer<RunEvent> events,
    ResultsDirectory results,
    InputSource source,
    JournalReplay past,
    RunId id,
    Instant startedAt,
    SavedPlan.@Nullable Rows saved)
    implements Closeable {

  static RunContext open(ImportRun.Part part, RunId id, Instant now) throws IOException {
    ResultsLocation place = part.place();
    ResultsDirectory results =
        place.resume()
            ? ResultsDirectory.resume(place.results())
            : ResultsDirectory.begin(place.results());
    boolean opened = false;
    JournalReplay past = JournalReplay.none();
    try {
      if (results.begun().isPresent()) {
        past = JournalReplay.of(results.journal(), now);
      }
      InputSource source = place.input().open(results.path(), results.begun().isPresent());
      if (results.begun().isPresent()) {
        JournalReplay.requireSameInput(results.begun().get(), source);
      }
      opened = true;
      return new RunContext(
          part.request(),
          part.events(),
          results,
          source,
          past,
          results.begun().map(header -> new RunId(header.runId())).orElse(id),
          results.begun().map(header -> header.startedAt()).orElse(now),
          part.saved());
    } finally {
      if (!opened) {
        past.close();
        results.close();
      }
    }
  }

  /** The day on which the run began, in UTC: a run that goes on has the same. */
  LocalDate today() {
    return LocalDate.ofInstant(startedAt, ZoneOffset.UTC);
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
