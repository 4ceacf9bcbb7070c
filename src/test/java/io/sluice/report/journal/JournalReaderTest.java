package io.sluice.report.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.report.Action;
import io.sluice.report.Outcome;
import io.sluice.report.RowResult;
import io.sluice.report.TestRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class JournalReaderTest {
  private final TestRun run = new TestRun();

  @AfterEach
  void remove() {
    run.close();
  }

  @Test
  void aBrokenLineInTheMiddleIsNamed() throws IOException {
    TestRun.await(run.begin().close());
    append("{\"t\":\"intent\",\"f\":1,\"act\n");
    append(new JournalEntry.Intent(1, Action.CREATE, List.of(1L), List.of(), List.of()));

    assertThatThrownBy(() -> JournalReader.open(run.path))
        .isInstanceOf(JournalBrokenException.class)
        .hasMessageContaining("line 2");
  }

  @Test
  void aBrokenLineThatANewlineEndsIsAnErrorAtTheEndToo() throws IOException {
    TestRun.await(run.begin().close());
    append("nonsense\n");

    assertThatThrownBy(() -> JournalReader.open(run.path))
        .isInstanceOf(JournalBrokenException.class)
        .hasMessageContaining("line 2");
  }

  @Test
  void aBrokenLineBeforeAnOpeningIsAnErrorUnlessTheOpeningKnewOfIt() throws IOException {
    TestRun.await(run.begin().close());
    append("{\"t\":\"int\n");
    append(new JournalEntry.Opening(2, 3, TestRun.START));

    assertThatThrownBy(() -> JournalReader.open(run.path))
        .isInstanceOf(JournalBrokenException.class)
        .hasMessageContaining("line 2");
  }

  @Test
  void whatIsNoJournalIsNotBegunAgain() throws IOException {
    Files.writeString(run.path, "somebody's notes\n");

    assertThatThrownBy(() -> JournalReader.header(run.path))
        .isInstanceOf(JournalBrokenException.class);
    assertThatThrownBy(run::begin).isInstanceOf(JournalBrokenException.class);
    assertThat(run.path).hasContent("somebody's notes\n");
  }

  @Test
  void aRowThatCannotBeIsAnError() throws IOException {
    TestRun.await(run.begin().close());
    append(new JournalEntry.Intent(1, Action.CREATE, List.of(-4L), List.of(), List.of()));

    assertThatThrownBy(() -> JournalReader.open(run.path))
        .isInstanceOf(JournalBrokenException.class)
        .hasMessageContaining("line 2");
  }

  @Test
  void aMirrorsDeletesAreKeptByTheirIds() throws IOException {
    Journal journal = run.begin();
    RowResult gone = RowResult.uncalled(0, 0, Outcome.DELETED, Action.DELETE, "b", "b.example");
    TestRun.await(
        journal.deleteIntent(List.of("a", "b"), List.of("A", "B")).then(journal.result(gone)));
    TestRun.await(journal.close());

    try (JournalReader reader = JournalReader.open(run.path);
        ResultIndex results = reader.results()) {
      assertThat(reader.deletes())
          .containsEntry("a", new RowState.Intended(Action.DELETE))
          .containsEntry("b", new RowState.Finished(Outcome.DELETED));
      assertThat(results.delete("a")).isEmpty();
      assertThat(results.delete("b")).contains(gone);
    }
  }

  @Test
  void onlyKnownOutcomesOfAllThatWasSentSettleARun() throws IOException {
    Journal journal = run.begin();
    TestRun.await(journal.close());
    assertThat(settled()).describedAs("nothing was sent").isTrue();

    append(new JournalEntry.Intent(1, Action.CREATE, List.of(1L, 2L), List.of(), List.of()));
    assertThat(settled()).isFalse();
    append(new JournalEntry.Result(1, TestRun.result(1, Outcome.CREATED)));
    append(new JournalEntry.Result(1, TestRun.result(2, Outcome.UNKNOWN)));
    assertThat(settled()).isFalse();
    append(new JournalEntry.Result(1, TestRun.result(2, Outcome.FAILED)));
    assertThat(settled()).isTrue();

    append(new JournalEntry.Intent(1, Action.DELETE, List.of(), List.of("a"), List.of("A")));
    assertThat(settled()).isFalse();
    RowResult gone = RowResult.uncalled(0, 0, Outcome.DELETED, Action.DELETE, "a", "A");
    append(new JournalEntry.Result(1, gone));
    assertThat(settled()).isTrue();
    append(new JournalEntry.Result(1, TestRun.result(3, Outcome.UNPROCESSED)));
    assertThat(settled()).isFalse();
  }

  private boolean settled() throws IOException {
    try (JournalReader reader = JournalReader.open(run.path)) {
      return reader.settled();
    }
  }

  @Test
  void resultsLongerThanAPageAreFound() throws IOException {
    Journal journal = run.begin();
    String message = "too long: ".repeat(20_000);
    for (int row = 1; row <= 20; row++) {
      RowResult result = TestRun.result(row, Outcome.INVALID).because("long", "/pattern", message);
      TestRun.await(journal.result(result));
    }
    TestRun.await(journal.close());

    try (JournalReader reader = JournalReader.open(run.path);
        ResultIndex results = reader.results()) {
      assertThat(results.result(20).orElseThrow().message()).isEqualTo(message);
      assertThat(results.result(1).orElseThrow().message()).isEqualTo(message);
    }
  }

  @Test
  void manyRowsTakeFewBytes() {
    RowMarks marks = new RowMarks();
    for (long row = 1; row <= 10_000_000; row++) {
      marks.set(row, Mark.finished(Outcome.CREATED, row * 200));
    }

    assertThat(Mark.resultOffset(marks.get(9_999_999))).isEqualTo(9_999_999L * 200);
    assertThat(marks.get(10_000_001)).isZero();
  }

  private void append(String text) throws IOException {
    Files.writeString(run.path, text, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
  }

  private void append(JournalEntry entry) throws IOException {
    Files.write(run.path, JournalWording.line(entry), StandardOpenOption.APPEND);
  }
}
