package io.sluice.report.journal;

import io.sluice.format.text.LineReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a journal says: the header, and the last state of every row. Reads line by line. An
 * unfinished last line, which a killed process leaves, does not count; anything else that is not a
 * journal's is an error. Lines of a process that had been fenced off do not count either. Blocking;
 * for one thread at a time.
 */
public final class JournalReader implements Closeable {
  private final Path path;
  private final RowStates states = new RowStates();
  private final LineReader lines;
  private @Nullable RunHeader header;
  private long fence;
  private long line;
  private long broken = -1;
  private String problem = "";

  private JournalReader(Path path) throws IOException {
    this.path = path;
    this.lines = LineReader.of(path, 0, JournalParsing.LONGEST);
  }

  /**
   * Reads a journal as far as it goes now.
   *
   * @throws JournalBrokenException if it is none, or was damaged
   */
  public static JournalReader open(Path path) throws IOException {
    JournalReader reader = new JournalReader(path);
    try {
      reader.catchUp();
      reader.header();
      return reader;
    } catch (IOException unreadable) {
      reader.close();
      throw unreadable;
    }
  }

  /**
   * The header of a journal; empty if there is no file, or its first line is not complete.
   *
   * @throws JournalBrokenException if the first line is complete and no header
   */
  public static Optional<RunHeader> header(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (JournalReader reader = new JournalReader(path)) {
      if (reader.lines.nextEnded()) {
        reader.line();
        reader.requireWhole(reader.line);
      }
      return Optional.ofNullable(reader.header);
    }
  }

  /** Reads on, as far as the journal goes now. */
  public void catchUp() throws IOException {
    while (lines.nextEnded()) {
      line();
    }
    requireWhole(line);
  }

  /** What the run set out to do. */
  public RunHeader header() throws JournalBrokenException {
    if (header == null) {
      throw new JournalBrokenException(path, 1, "there is no complete header");
    }
    return header;
  }

  /** The highest fencing number with which the journal was opened. */
  public long fence() {
    return fence;
  }

  /** How far a row has come. */
  public RowState row(long row) {
    return Mark.state(states.row(row));
  }

  /** True if the outcome of every row that the journal names is known for good. */
  public boolean settled() {
    return states.settled();
  }

  /** A mirror's deletes by the ids of the records, in the order in which they were first told. */
  public Map<String, RowState> deletes() {
    Map<String, RowState> deletes = new LinkedHashMap<>();
    states.deletes().forEach((id, mark) -> deletes.put(id, Mark.state(mark)));
    return Collections.unmodifiableMap(deletes);
  }

  /** The results behind the states; it sees what this reader reads later, too. */
  public ResultIndex results() throws IOException {
    return new ResultIndex(path, states);
  }

  /** What is known of every row; it changes when this reader reads on. */
  RowStates states() {
    return states;
  }

  /** The bytes of an unfinished last line. */
  long torn() {
    return lines.rest();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  private void line() throws JournalBrokenException {
    line++;
    JournalEntry entry;
    try {
      entry = JournalParsing.entry(lines.buffer(), lines.start(), lines.end());
    } catch (IllegalArgumentException unreadable) {
      requireWhole(line - 1);
      broken = (long) lines.end() - lines.start();
      problem = String.valueOf(unreadable.getMessage());
      return;
    }
    if (entry instanceof JournalEntry.Opening opening && explains(opening)) {
      broken = -1;
    }
    requireWhole(line - 1);
    try {
      take(entry);
    } catch (IllegalArgumentException impossible) {
      throw new JournalBrokenException(path, line, String.valueOf(impossible.getMessage()));
    }
  }

  /**
   * Whether the broken line before is one that the opening process found unfinished. It is empty if
   * its writer finished it after all.
   */
  private boolean explains(JournalEntry.Opening opening) {
    return broken == 0 || broken == opening.torn();
  }

  private void requireWhole(long number) throws JournalBrokenException {
    if (broken >= 0) {
      throw new JournalBrokenException(path, number, problem);
    }
  }

  private void take(JournalEntry entry) {
    if (header == null != entry instanceof JournalEntry.Header) {
      throw new IllegalArgumentException(
          header == null ? "the first line is no header" : "another header");
    }
    if (entry.fence() < fence) {
      return;
    }
    if (entry instanceof JournalEntry.Header first) {
      requireKnown(first.run());
      header = first.run();
      fence = first.fence();
    } else if (entry instanceof JournalEntry.Opening opening) {
      fence = opening.fence();
    } else {
      states.take(entry, lines.offset());
    }
  }

  private static void requireKnown(RunHeader header) {
    if (header.formatVersion() != RunHeader.FORMAT_VERSION) {
      throw new IllegalArgumentException(
          "its format version is "
              + header.formatVersion()
              + ", this Sluice reads "
              + RunHeader.FORMAT_VERSION);
    }
  }
}
