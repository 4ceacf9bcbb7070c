package io.sluice.job.work;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.format.text.LineReader;
import io.sluice.job.store.StoredJson;
import io.sluice.report.ResultPages;
import io.sluice.report.RowResult;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a file of failed rows, all or {@linkplain RowResult#mayGoThrough() those for which
 * trying again may help}. Blocking; memory is that of the longest row.
 */
final class RetryRows implements Closeable {
  private static final int PAGE = 500;
  private static final Pattern LINE = Pattern.compile("(\\d+)\\r?\\n?$");

  private final boolean csv;
  private final LineReader rows;
  private final ResultPages pages;
  private final Deque<RowResult> results = new ArrayDeque<>();
  private ResultPages.@Nullable Place next;
  private final boolean helpful;
  private boolean header;
  private boolean any;

  /**
   * The rows of that file, whose results are in the directory beside it.
   *
   * @param helpful only those for which trying again may help; else all
   */
  RetryRows(Path file, boolean helpful) throws IOException {
    this.helpful = helpful;
    this.csv = file.toString().endsWith(".csv");
    this.header = csv;
    this.pages = new ResultPages(Objects.requireNonNull(file.getParent()));
    this.next = pages.first().orElse(null);
    this.rows =
        csv
            ? LineReader.ofCsv(file, 0, Integer.MAX_VALUE)
            : LineReader.of(file, 0, Integer.MAX_VALUE);
  }

  /** True if a row has been found. */
  boolean any() {
    return any;
  }

  /** The bytes of the header, or of the next such row; empty at the end. */
  Optional<byte[]> next() throws IOException {
    for (byte[] record = record(); record.length > 0; record = record()) {
      if (header) {
        header = false;
        return Optional.of(record);
      }
      if (!helpful || isWanted(line(record))) {
        any = true;
        return Optional.of(record);
      }
    }
    return Optional.empty();
  }

  private long line(byte[] record) {
    String text = new String(record, UTF_8);
    if (!csv) {
      return StoredJson.MAPPER.readTree(text).path("_line").asLong(0);
    }
    Matcher last = LINE.matcher(text);
    return last.find() ? Long.parseLong(last.group(1)) : 0;
  }

  /** Both files have their rows in the order of the input. */
  private boolean isWanted(long line) throws IOException {
    for (RowResult result = result(); result != null; result = result()) {
      if (result.line() == line) {
        return result.mayGoThrough();
      }
    }
    return false;
  }

  private @Nullable RowResult result() throws IOException {
    while (results.isEmpty() && next != null) {
      ResultPages.Page page = pages.read(next, row -> row.outcome().remains(), PAGE);
      results.addAll(page.rows());
      next = page.next();
    }
    return results.poll();
  }

  private byte[] record() throws IOException {
    return rows.next()
        ? Arrays.copyOfRange(rows.buffer(), rows.start(), rows.end() + (rows.ended() ? 1 : 0))
        : new byte[0];
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
