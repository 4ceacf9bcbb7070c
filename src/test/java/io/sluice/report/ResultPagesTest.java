package io.sluice.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.report.ResultPages.Page;
import io.sluice.report.ResultPages.Place;
import io.sluice.report.journal.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Results are read page by page, each once, from the report or the journal. */
class ResultPagesTest {
  @Property(tries = 60)
  void pagesOfAnySizeHoldEveryRowOfTheReportOnceAndInOrder(
      @ForAll @IntRange(max = 60) int rows, @ForAll @IntRange(min = 1, max = 25) int limit)
      throws IOException {
    try (TestRun run = new TestRun()) {
      report(run.directory, rows);
      List<Page> pages = pages(new ResultPages(run.directory), ResultPagesTest::any, limit);

      assertThat(numbers(pages)).isEqualTo(LongStream.rangeClosed(1, rows).boxed().toList());
      assertThat(pages.subList(0, pages.size() - 1))
          .allSatisfy(page -> assertThat(page.rows()).hasSize(limit));
      assertThat(pages).hasSize(Math.max(1, (rows + limit - 1) / limit));
    }
  }

  @Property(tries = 40)
  void pagesOfWhatIsWantedHoldNothingElse(
      @ForAll @IntRange(max = 60) int rows,
      @ForAll @IntRange(min = 1, max = 25) int limit,
      @ForAll @IntRange(min = 1, max = 9) int nth)
      throws IOException {
    try (TestRun run = new TestRun()) {
      report(run.directory, rows);

      List<Page> pages = pages(new ResultPages(run.directory), row -> row.row() % nth == 0, limit);

      assertThat(numbers(pages))
          .isEqualTo(
              IntStream.rangeClosed(1, rows)
                  .filter(row -> row % nth == 0)
                  .mapToObj(row -> (Long) (long) row)
                  .toList());
    }
  }

  @Example
  void aJournalIsReadOnWhereItEndedBefore() throws IOException {
    try (TestRun run = new TestRun()) {
      Path journal = run.directory.resolve(ResultsDirectory.JOURNAL);
      Journal writing = Journal.begin(journal, TestRun.header(100));
      TestRun.await(writing.result(TestRun.result(2, Outcome.CREATED)));
      TestRun.await(writing.result(TestRun.result(1, Outcome.FAILED)));
      TestRun.await(writing.intent(Action.CREATE, 3));
      ResultPages results = new ResultPages(run.directory);
      Place start = results.first().orElseThrow();
      assertThat(start).isEqualTo(new Place(true, 0));
      Page first = results.read(start, ResultPagesTest::any, 1);
      assertThat(numbers(List.of(first))).containsExactly(2L);

      Page second = results.read(next(first), ResultPagesTest::any, 10);
      assertThat(numbers(List.of(second))).containsExactly(1L);
      assertThat(second.next()).isNull();

      TestRun.await(writing.close());
      Files.writeString(journal, "{\"t\":\"r\",\"ro", StandardOpenOption.APPEND);
      assertThat(numbers(pages(results, ResultPagesTest::any, 100))).containsExactly(2L, 1L);
    }
  }

  @Example
  void theReportIsReadOnceItIsThere() throws IOException {
    try (TestRun run = new TestRun()) {
      ResultPages results = new ResultPages(run.directory);
      assertThat(results.first()).isEmpty();
      TestRun.await(
          Journal.begin(run.directory.resolve(ResultsDirectory.JOURNAL), TestRun.header(100))
              .close());
      assertThat(results.first()).contains(new Place(true, 0));
      report(run.directory, 3);
      assertThat(results.first()).contains(new Place(false, 0));
    }
  }

  @Example
  void aPlaceBeyondTheEndIsNone() throws IOException {
    try (TestRun run = new TestRun()) {
      report(run.directory, 3);
      ResultPages results = new ResultPages(run.directory);
      long size = Files.size(run.directory.resolve(ResultsDirectory.REPORT));

      assertThatThrownBy(() -> results.read(new Place(false, 7), ResultPagesTest::any, 10))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(results.read(new Place(false, size), ResultPagesTest::any, 10).rows()).isEmpty();
    }
  }

  private static boolean any(RowResult row) {
    return true;
  }

  private static Place next(Page page) {
    return java.util.Objects.requireNonNull(page.next());
  }

  private static List<Page> pages(ResultPages results, Predicate<RowResult> wanted, int limit)
      throws IOException {
    List<Page> pages = new ArrayList<>();
    Place place = results.first().orElseThrow();
    while (place != null) {
      Page page = results.read(place, wanted, limit);
      pages.add(page);
      place = page.next();
    }
    return pages;
  }

  private static List<Long> numbers(List<Page> pages) {
    return pages.stream().flatMap(page -> page.rows().stream()).map(RowResult::row).toList();
  }

  private static void report(Path directory, int rows) throws IOException {
    try (ReportFile report = ReportFile.begin(directory.resolve(ResultsDirectory.REPORT))) {
      for (int row = 1; row <= rows; row++) {
        report.add(
            RowResult.uncalled(row, row + 1, Outcome.FAILED, Action.CREATE, null, "k" + row)
                .because("code", null, row % 3 == 0 ? "two\nlines, \"quoted\"" : "plain ü"));
      }
      report.finish();
    }
  }
}
