package io.sluice.report;

import io.sluice.catalog.pattern.EscapedText;
import io.sluice.disk.ReplacedFile;
import io.sluice.format.csv.CsvLines;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code report.csv}: every row in input order, then a mirror's deletes. The file appears
 * whole when it is finished; closed before that, it leaves an earlier one as it was. Blocking; for
 * one thread at a time.
 */
public final class ReportFile implements Closeable {
  private static final List<String> HEADER =
      List.of(
          "row",
          "line",
          "outcome",
          "action",
          "id",
          "key",
          "http_status",
          "code",
          "pointer",
          "message",
          "attempts",
          "retryable",
          "duration_ms",
          "ray_id");

  private final ReplacedFile file;
  private final CsvLines lines;
  private long last;
  private boolean deleting;

  private ReportFile(ReplacedFile file) throws IOException {
    this.file = file;
    this.lines = new CsvLines(file);
    lines.line(HEADER);
  }

  /** Begins the report that will be at that path. */
  public static ReportFile begin(Path path) throws IOException {
    return new ReportFile(new ReplacedFile(path));
  }

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException if it is not the row after the one before, or if it is of the
   *     input and follows a mirror's delete
   */
  public void add(RowResult result) throws IOException {
    if (result.withoutRow()) {
      deleting = true;
    } else if (deleting || result.row() != last + 1) {
      throw new IllegalArgumentException("row " + result.row() + " follows row " + last);
    } else {
      last = result.row();
    }
    lines.line(cells(result));
  }

  /** Puts the report in its place, once all of it is on the disk. */
  public void finish() throws IOException {
    lines.flush();
    file.finish();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private static List<@Nullable String> cells(RowResult result) {
    return Arrays.asList(
        numberUnlessZero(result.row()),
        numberUnlessZero(result.line()),
        result.outcome().label(),
        result.action().label(),
        result.id(),
        result.key(),
        numberUnlessZero(result.httpStatus()),
        result.code(),
        result.pointer(),
        shown(result.message()),
        Integer.toString(result.attempts()),
        Boolean.toString(result.retryable()),
        Long.toString(result.durationMillis()),
        result.ray());
  }

  /**
   * The result of which a line tells.
   *
   * @throws IllegalArgumentException if it is no line of a report
   */
  static RowResult result(List<@Nullable String> cells) {
    if (cells.size() != HEADER.size()) {
      throw new IllegalArgumentException("no line of a report: " + cells.size() + " cells");
    }
    String key = cells.get(5);
    return new RowResult(
        number(cells.get(0)),
        number(cells.get(1)),
        Outcome.labelled(String.valueOf(cells.get(2))),
        Action.labelled(String.valueOf(cells.get(3))),
        cells.get(4),
        key == null ? "" : key,
        (int) number(cells.get(6)),
        cells.get(7),
        cells.get(8),
        cells.get(9),
        (int) number(cells.get(10)),
        Boolean.parseBoolean(cells.get(11)),
        number(cells.get(12)),
        cells.get(13));
  }

  /** A line of the report stays one line, whatever the rows or the API say. */
  private static @Nullable String shown(@Nullable String message) {
    return message == null ? null : EscapedText.of(message);
  }

  private static long number(@Nullable String cell) {
    return cell == null ? 0 : Long.parseLong(cell);
  }

  private static @Nullable String numberUnlessZero(long number) {
    return number == 0 ? null : Long.toString(number);
  }
}
