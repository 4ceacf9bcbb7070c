package io.sluice.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Writes {@code failed.jsonl}: each record as it was in the input, and at its end members that tell
 * what became of it. Such members of an earlier {@code failed.jsonl} are replaced. A line that is
 * no JSON object stays as it is.
 */
public final class FailedJsonl extends FailedRows {
  private static final int FLUSH_AT = 64 * 1024;

  private final StringBuilder text = new StringBuilder();

  private FailedJsonl(Path path) {
    super(path);
  }

  /** Begins the file in a results directory. */
  public static FailedJsonl in(Path directory) {
    return new FailedJsonl(directory.resolve(JSONL));
  }

  /**
   * Adds the row if its outcome is one of those that remain.
   *
   * @param record the input's line, without its newline
   */
  public void add(RowResult result, String record) throws IOException {
    if (!result.outcome().remains()) {
      return;
    }
    text.append(ExplainedRecord.of(record, result)).append('\n');
    if (text.length() >= FLUSH_AT) {
      flush();
    }
  }

  @Override
  void flush() throws IOException {
    if (!text.isEmpty()) {
      file().write(text.toString().getBytes(StandardCharsets.UTF_8));
      text.setLength(0);
    }
  }
}
