package io.sluice.report.journal;

import io.sluice.report.RowResult;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The last result of each row, read from the journal when it is asked for. Blocking; for one thread
 * at a time.
 */
public final class ResultIndex implements Closeable {
  private final Path journal;
  private final RowStates states;
  private final PagedFile pages;

  ResultIndex(Path journal, RowStates states) throws IOException {
    this.journal = journal;
    this.states = states;
    this.pages = new PagedFile(journal);
  }

  /** What became of the row; empty if the last that is known of it is no result. */
  public Optional<RowResult> result(long row) throws IOException {
    return at(states.row(row));
  }

  /** What became of a mirror's delete. */
  public Optional<RowResult> delete(String id) throws IOException {
    return at(states.delete(id));
  }

  /** What people recognise the record by that a mirror may have deleted; empty if not told. */
  public String intendedKey(String id) throws IOException {
    long mark = states.delete(id);
    if (Mark.state(mark) instanceof RowState.Intended
        && entry(Mark.offset(mark)) instanceof JournalEntry.Intent intent) {
      int at = intent.ids().indexOf(id);
      return at >= 0 && at < intent.keys().size() ? intent.keys().get(at) : "";
    }
    return "";
  }

  /** The ids of a mirror's deletes, in the order in which they were first told. */
  public Iterator<String> deletes() {
    List<String> ids = new ArrayList<>(states.deletes().keySet());
    return ids.iterator();
  }

  private Optional<RowResult> at(long mark) throws IOException {
    long offset = Mark.resultOffset(mark);
    if (offset < 0) {
      return Optional.empty();
    }
    if (entry(offset) instanceof JournalEntry.Result result) {
      return Optional.of(result.row());
    }
    throw new IOException(journal + " changed while it was read");
  }

  private JournalEntry entry(long offset) throws IOException {
    byte[] line = pages.line(offset);
    try {
      return JournalParsing.entry(line, 0, line.length);
    } catch (IllegalArgumentException changed) {
      throw new IOException(journal + " changed while it was read", changed);
    }
  }

  @Override
  public void close() throws IOException {
    pages.close();
  }
}
