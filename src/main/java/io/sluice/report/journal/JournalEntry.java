package io.sluice.report.journal;

import io.sluice.report.Action;
import io.sluice.report.RowResult;
import java.time.Instant;
import java.util.List;

/** One line of the journal. */
public sealed interface JournalEntry {

  /** The fencing number of the process that wrote the line. */
  long fence();

  /** What the run set out to do; always the first line, and nowhere else. */
  record Header(RunHeader run) implements JournalEntry {
    @Override
    public long fence() {
      return run.fence();
    }
  }

  /**
   * Another process goes on from here.
   *
   * @param torn the bytes of an unfinished line before this one, which a killed process left
   */
  record Opening(long fence, long torn, Instant at) implements JournalEntry {}

  /**
   * These rows are about to be sent, or the records of these ids without a row.
   *
   * @param keys what people recognise the records of the ids by, in the same order
   */
  record Intent(long fence, Action action, List<Long> rows, List<String> ids, List<String> keys)
      implements JournalEntry {}

  /** A row has its result. */
  record Result(long fence, RowResult row) implements JournalEntry {}
}
