package io.sluice.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.format.csv.CsvForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class FailedCsvTest {
  private static final List<String> HEADER = List.of("pattern", " is regex", "comments");

  @Property(tries = 120)
  void columnsAndValuesAreReadBackAsTheyWere(@ForAll("rows") List<List<@Nullable String>> rows)
      throws IOException {
    try (TestRun run = new TestRun()) {
      write(run, HEADER, rows);

      List<List<@Nullable String>> read = new StrictCsv(file(run)).rows();

      assertThat(read.get(0).subList(0, 3)).isEqualTo(HEADER);
      assertThat(read.get(0).subList(3, 8)).isEqualTo(FailedRows.ADDED);
      assertThat(read).hasSize(rows.size() + 1);
      for (int i = 0; i < rows.size(); i++) {
        assertThat(read.get(i + 1).subList(0, 3)).isEqualTo(rows.get(i));
        assertThat(read.get(i + 1).subList(3, 8))
            .isEqualTo(Arrays.asList("failed", "10021", "no", null, Integer.toString(i + 2)));
      }
    }
  }

  @Property(tries = 40)
  void failingAgainReplacesOnlyWhatWasAdded(@ForAll("rows") List<List<@Nullable String>> rows)
      throws IOException {
    try (TestRun run = new TestRun()) {
      write(run, HEADER, rows);
      byte[] first = Files.readAllBytes(file(run));
      List<List<@Nullable String>> read = new ArrayList<>(new StrictCsv(file(run)).rows());
      List<String> header = read.remove(0).stream().map(String::valueOf).toList();

      write(run, header, read);

      assertThat(Files.readAllBytes(file(run))).isEqualTo(first);
    }
  }

  @Example
  void theExactBytes() throws IOException {
    try (TestRun run = new TestRun()) {
      List<List<@Nullable String>> rows = new ArrayList<>();
      rows.add(Arrays.asList("a,b", "", null));
      rows.add(Arrays.asList(null, " x ", "two\r\nlines \"quoted\""));
      write(run, HEADER, rows);

      assertThat(Files.readString(file(run)))
          .isEqualTo(
              "pattern,\" is regex\",comments,_outcome,_code,_message,_pointer,_line\r\n"
                  + "\"a,b\",\"\",,failed,10021,no,,2\r\n"
                  + ",\" x \",\"two\r\nlines \"\"quoted\"\"\",failed,10021,no,,3\r\n");
    }
  }

  @Example
  void onlyRowsThatRemainAreWritten() throws IOException {
    try (TestRun run = new TestRun();
        FailedCsv failed = FailedCsv.in(run.directory, HEADER, CsvForm.STANDARD)) {
      for (Outcome outcome : Outcome.values()) {
        failed.add(TestRun.result(1, outcome), List.of(outcome.label()), null);
      }

      assertThat(failed.finish()).contains(file(run));

      assertThat(ReportFileTest.records(file(run)))
          .extracting(record -> record.get("pattern"), record -> record.get("_outcome"))
          .containsExactly(
              tuple("invalid", "invalid"),
              tuple("failed", "failed"),
              tuple("unknown", "unknown"),
              tuple("unprocessed", "unprocessed"));
    }
  }

  @Example
  void withoutSuchRowsThereIsNoFileAndNoStaleOne() throws IOException {
    try (TestRun run = new TestRun();
        FailedCsv failed = FailedCsv.in(run.directory, HEADER, CsvForm.STANDARD)) {
      Files.writeString(file(run), "stale");
      Files.writeString(run.directory.resolve("failed.jsonl"), "stale");
      failed.add(TestRun.result(1, Outcome.CREATED), List.of("a", "b", "c"), null);

      assertThat(failed.finish()).isEmpty();

      assertThat(run.directory).isEmptyDirectory();
    }
  }

  @Example
  void aRowWithTooManyCellsStaysSo() throws IOException {
    try (TestRun run = new TestRun()) {
      write(run, HEADER, List.of(List.of("a", "b", "c", "too many")));

      assertThat(new StrictCsv(file(run)).rows().get(1)).hasSize(9);
    }
  }

  private static void write(
      TestRun run, List<String> header, List<? extends List<? extends @Nullable String>> rows)
      throws IOException {
    try (FailedCsv failed = FailedCsv.in(run.directory, header, CsvForm.STANDARD)) {
      long row = 0;
      for (List<? extends @Nullable String> cells : rows) {
        row++;
        failed.add(TestRun.result(row, Outcome.FAILED).because("10021", null, "no"), cells, null);
      }
      failed.finish();
    }
  }

  private static Path file(TestRun run) {
    return run.directory.resolve("failed.csv");
  }

  @Provide
  Arbitrary<List<List<@Nullable String>>> rows() {
    Arbitrary<String> awkward =
        Arbitraries.strings().withChars("ab\",;\r\n\t \u0000\u00a0\\N#'").ofMaxLength(6);
    Arbitrary<String> any =
        Arbitraries.strings().all().ofMaxLength(6).filter(ReportFileTest::isUnicode);
    return Arbitraries.oneOf(awkward, any)
        .injectNull(0.2)
        .list()
        .ofSize(3)
        .list()
        .ofMinSize(1)
        .ofMaxSize(5);
  }
}
