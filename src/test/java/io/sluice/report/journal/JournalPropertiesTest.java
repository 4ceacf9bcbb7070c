package io.sluice.report.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.report.Action;
import io.sluice.report.Outcome;
import io.sluice.report.RowResult;
import io.sluice.report.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;

/** A journal is what its complete lines say, wherever it was cut off. */
class JournalPropertiesTest {
  private static final int ROWS = 8;

  @Property(tries = 50, shrinking = ShrinkingMode.BOUNDED)
  void cutAnywhereItTellsTheStateOfItsCompleteLines(
      @ForAll("steps") List<Step> steps, @ForAll long anywhere) throws IOException {
    try (TestRun run = new TestRun()) {
      byte[] whole = written(run, steps);
      int cut = (int) Long.remainderUnsigned(anywhere, whole.length + 1L);
      Files.write(run.path, Arrays.copyOf(whole, cut));

      assertTells(run, steps, completeLines(whole, cut));
    }
  }

  @Property(tries = 1, shrinking = ShrinkingMode.OFF)
  void everyByteIsAPlaceToBeCutAt(@ForAll("steps") List<Step> steps) throws IOException {
    try (TestRun run = new TestRun()) {
      byte[] whole = written(run, steps);
      for (int cut = 0; cut <= whole.length; cut++) {
        Files.write(run.path, Arrays.copyOf(whole, cut));

        assertTells(run, steps, completeLines(whole, cut));
      }
    }
  }

  @Property(tries = 50, shrinking = ShrinkingMode.BOUNDED)
  void afterACutTheNextProcessGoesOn(
      @ForAll("steps") List<Step> steps, @ForAll("steps") List<Step> more, @ForAll long anywhere)
      throws IOException {
    try (TestRun run = new TestRun()) {
      byte[] whole = written(run, steps);
      int header = completeLength(whole);
      int cut = header + (int) Long.remainderUnsigned(anywhere, whole.length - header + 1L);
      Files.write(run.path, Arrays.copyOf(whole, cut));
      List<Step> kept = new ArrayList<>(steps.subList(0, completeLines(whole, cut) - 1));
      boolean onlyTheNewlineIsMissing = cut < whole.length && whole[cut] == '\n';
      if (onlyTheNewlineIsMissing) {
        kept.add(steps.get(kept.size()));
      }

      try (JournalReader past = JournalReader.open(run.path)) {
        Journal journal = Journal.resume(run.path, past, 2, TestRun.START);
        more.forEach(step -> TestRun.await(step.writeTo(journal)));
        TestRun.await(journal.close());
        kept.addAll(more);
        try (ResultIndex results = journal.results()) {
          assertResults(results, kept);
        }
        past.catchUp();
        assertStates(past, kept);
      }
      try (JournalReader again = JournalReader.open(run.path)) {
        assertStates(again, kept);
      }
    }
  }

  private static byte[] written(TestRun run, List<Step> steps) throws IOException {
    Journal journal = Journal.begin(run.path, TestRun.header(ROWS));
    steps.forEach(step -> step.writeTo(journal).subscribe());
    TestRun.await(journal.close());
    return Files.readAllBytes(run.path);
  }

  private static void assertTells(TestRun run, List<Step> steps, int lines) throws IOException {
    if (lines == 0) {
      assertThat(JournalReader.header(run.path)).isEmpty();
      return;
    }
    try (JournalReader reader = JournalReader.open(run.path)) {
      assertThat(reader.header()).isEqualTo(TestRun.header(ROWS));
      assertStates(reader, steps.subList(0, lines - 1));
    }
  }

  private static void assertStates(JournalReader reader, List<Step> steps) throws IOException {
    Map<Long, Step> last = last(steps);
    for (long row = 1; row <= ROWS; row++) {
      Step step = last.get(row);
      assertThat(reader.row(row)).isEqualTo(step == null ? new RowState.Nothing() : step.state());
    }
    try (ResultIndex results = reader.results()) {
      assertResults(results, steps);
    }
  }

  private static void assertResults(ResultIndex results, List<Step> steps) throws IOException {
    Map<Long, Step> last = last(steps);
    for (long row = 1; row <= ROWS; row++) {
      Step step = last.get(row);
      assertThat(results.result(row).orElse(null)).isEqualTo(step == null ? null : step.result());
    }
  }

  private static Map<Long, Step> last(List<Step> steps) {
    Map<Long, Step> last = new HashMap<>();
    steps.forEach(step -> last.put(step.row(), step));
    return last;
  }

  private static int completeLines(byte[] bytes, int cut) {
    int lines = 0;
    for (int i = 0; i < cut; i++) {
      lines += bytes[i] == '\n' ? 1 : 0;
    }
    return lines;
  }

  private static int completeLength(byte[] bytes) {
    int i = 0;
    while (bytes[i] != '\n') {
      i++;
    }
    return i + 1;
  }

  /** One line of a journal: an intent, or a result. */
  record Step(long row, Action action, @Nullable RowResult result) {
    reactor.core.publisher.Mono<Void> writeTo(Journal journal) {
      return result == null ? journal.intent(action, row) : journal.result(result);
    }

    RowState state() {
      return result == null
          ? new RowState.Intended(action)
          : new RowState.Finished(result.outcome());
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Long> rows = Arbitraries.longs().between(1, ROWS);
    Arbitrary<Step> intents =
        Combinators.combine(rows, Arbitraries.of(Action.class))
            .as((row, action) -> new Step(row, action, null));
    Arbitrary<Step> results =
        Combinators.combine(
                rows,
                Arbitraries.of(Outcome.class),
                Arbitraries.of(Action.class),
                Arbitraries.strings().ofMaxLength(12),
                Arbitraries.strings().ofMaxLength(12).injectNull(0.3),
                Arbitraries.integers().between(0, 599),
                Arbitraries.integers())
            .as(JournalPropertiesTest::finished);
    return Arbitraries.oneOf(intents, results).list().ofMaxSize(12);
  }

  private static Step finished(
      long row,
      Outcome outcome,
      Action action,
      String key,
      @Nullable String text,
      int status,
      int number) {
    return new Step(
        row,
        action,
        new RowResult(
            row,
            row + 1,
            outcome,
            action,
            text,
            key,
            status,
            text,
            key,
            text,
            number,
            number % 2 == 0,
            number,
            text));
  }
}
