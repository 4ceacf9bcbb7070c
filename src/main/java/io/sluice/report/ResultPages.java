package io.sluice.report;

import io.sluice.format.text.LineReader;
import io.sluice.report.journal.JournalEntry;
import io.sluice.report.journal.JournalParsing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The results of a run, page by page: from its report, or while there is none from its journal,
 * which tells rows in the order in which they ended. A page costs what it reads, not the file.
 * Blocking.
 */
public final class ResultPages {
  /** How far one page looks for rows that are wanted, in bytes. */
  private static final long FARTHEST = 16L << 20;

  private final Path directory;

  /** The results in a directory. */
  public ResultPages(Path directory) {
    this.directory = directory;
  }

  /**
   * A place in the results.
   *
   * @param journal whether it is in the journal, and not in the report
   * @param offset in bytes
   */
  public record Place(boolean journal, long offset) {}

  /**
   * Some results.
   *
   * @param next where the next page begins; null at the end of what is there now
   */
  public record Page(List<RowResult> rows, @Nullable Place next) {}

  /** Where the results begin; empty if there are none. */
  public Optional<Place> first() {
    for (String name : List.of(ResultsDirectory.REPORT, ResultsDirectory.JOURNAL)) {
      if (Files.isRegularFile(directory.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
        return Optional.of(new Place(name.equals(ResultsDirectory.JOURNAL), 0));
      }
    }
    return Optional.empty();
  }

  /**
   * The results from that place on that are wanted. It may be fewer than the limit though more
   * follow, where few are wanted.
   *
   * @throws IllegalArgumentException if the place is none, or none any more
   */
  public Page read(Place from, Predicate<RowResult> wanted, int limit) throws IOException {
    String name = from.journal() ? ResultsDirectory.JOURNAL : ResultsDirectory.REPORT;
    if (!LineReader.begins(directory.resolve(name), from.offset())) {
      throw new IllegalArgumentException("no line of " + name + " begins at " + from.offset());
    }
    return from.journal()
        ? journal(from.offset(), wanted, limit)
        : report(from.offset(), wanted, limit);
  }

  private Page report(long from, Predicate<RowResult> wanted, int limit) throws IOException {
    List<RowResult> rows = new ArrayList<>();
    Path file = directory.resolve(ResultsDirectory.REPORT);
    try (ReportRecords records = new ReportRecords(file, from)) {
      if (from == 0) {
        records.next();
      }
      while (rows.size() < limit && records.offset() - from < FARTHEST) {
        List<@Nullable String> cells = records.next();
        if (cells == null) {
          return new Page(rows, null);
        }
        RowResult result = ReportFile.result(cells);
        if (wanted.test(result)) {
          rows.add(result);
        }
      }
      long offset = records.offset();
      return new Page(rows, offset < Files.size(file) ? new Place(false, offset) : null);
    }
  }

  private Page journal(long from, Predicate<RowResult> wanted, int limit) throws IOException {
    List<RowResult> rows = new ArrayList<>();
    Path file = directory.resolve(ResultsDirectory.JOURNAL);
    long after = from;
    try (LineReader lines = LineReader.of(file, from, JournalParsing.LONGEST)) {
      while (rows.size() < limit && after - from < FARTHEST) {
        if (!lines.nextEnded()) {
          return new Page(rows, null);
        }
        after = lines.after();
        result(lines).filter(wanted).ifPresent(rows::add);
      }
    }
    return new Page(rows, new Place(true, after));
  }

  /** What is no result is passed over, a line that a killed process left unfinished too. */
  private static Optional<RowResult> result(LineReader lines) {
    try {
      JournalEntry entry = JournalParsing.entry(lines.buffer(), lines.start(), lines.end());
      return entry instanceof JournalEntry.Result result
          ? Optional.of(result.row())
          : Optional.empty();
    } catch (IllegalArgumentException torn) {
      return Optional.empty();
    }
  }
}
