package io.sluice.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.report.journal.FencedException;
import io.sluice.report.journal.Journal;
import io.sluice.report.journal.JournalEntry;
import io.sluice.report.journal.JournalReader;
import io.sluice.report.journal.JournalWording;
import io.sluice.report.journal.RowState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** Two writers of one journal, as after a take-over from a process that turns out to be alive. */
final class JournalFenceTest {
  private final TestRun run = new TestRun();

  @AfterEach
  void remove() {
    run.close();
  }

  @Test
  void theOlderWriterStopsAtItsNextIntent() throws IOException {
    Journal older = run.begin();
    TestRun.await(older.intent(Action.CREATE, 1));

    Journal newer = resume(2);

    StepVerifier.create(older.intent(Action.CREATE, 2)).verifyError(FencedException.class);
    StepVerifier.create(older.close()).verifyError(FencedException.class);
    TestRun.await(newer.intent(Action.CREATE, 3).then(newer.close()));
    try (JournalReader reader = JournalReader.open(run.path)) {
      assertThat(reader.fence()).isEqualTo(2);
      assertThat(reader.row(1)).isEqualTo(new RowState.Intended(Action.CREATE));
      assertThat(reader.row(2)).isEqualTo(new RowState.Nothing());
      assertThat(reader.row(3)).isEqualTo(new RowState.Intended(Action.CREATE));
    }
  }

  @Test
  void theSameNumberTakesOver() throws IOException {
    Journal older = run.begin();

    Journal newer = resume(1);

    StepVerifier.create(older.intent(Action.CREATE, 2)).verifyError(FencedException.class);
    TestRun.await(newer.close());
  }

  @Test
  void aLowerNumberIsRefusedAndChangesNothing() throws IOException {
    TestRun.await(run.begin().close());
    Journal current = resume(5);
    long size = Files.size(run.path);

    assertThatThrownBy(() -> resume(4)).isInstanceOf(FencedException.class);

    assertThat(Files.size(run.path)).isEqualTo(size);
    TestRun.await(current.intent(Action.CREATE, 1).then(current.close()));
  }

  @Test
  void whatAFencedWriterAddsDoesNotCountAndStopsNobody() throws IOException {
    TestRun.await(run.begin().close());
    Journal newer = resume(2);
    TestRun.await(newer.result(TestRun.result(1, Outcome.CREATED)));
    TestRun.await(newer.intent(Action.CREATE, 2));
    stray(new JournalEntry.Result(1, TestRun.result(1, Outcome.FAILED)));
    stray(new JournalEntry.Intent(1, Action.CREATE, List.of(7L), List.of(), List.of()));

    TestRun.await(newer.intent(Action.CREATE, 3).then(newer.close()));

    try (JournalReader reader = JournalReader.open(run.path)) {
      assertThat(reader.row(1)).isEqualTo(new RowState.Finished(Outcome.CREATED));
      assertThat(reader.row(3)).isEqualTo(new RowState.Intended(Action.CREATE));
      assertThat(reader.row(7)).isEqualTo(new RowState.Nothing());
    }
  }

  @Test
  void theNewerReadsWhatTheOlderConfirmedInTheMeantime() throws IOException {
    Journal older = run.begin();
    try (JournalReader past = JournalReader.open(run.path)) {
      TestRun.await(older.intent(Action.UPDATE, 9));

      Journal newer = Journal.resume(run.path, past, 2, TestRun.START);

      assertThat(past.row(9)).isEqualTo(new RowState.Intended(Action.UPDATE));
      TestRun.await(newer.close());
    }
  }

  private Journal resume(long fence) throws IOException {
    try (JournalReader past = JournalReader.open(run.path)) {
      return Journal.resume(run.path, past, fence, TestRun.START);
    }
  }

  private void stray(JournalEntry entry) throws IOException {
    Path path = run.path;
    Files.write(path, JournalWording.line(entry), StandardOpenOption.APPEND);
  }
}
