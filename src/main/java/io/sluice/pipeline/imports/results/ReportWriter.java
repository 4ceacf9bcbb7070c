package io.sluice.pipeline.imports.results;

import io.sluice.catalog.Resource;
import io.sluice.format.InputFormat;
import io.sluice.format.OptionNames;
import io.sluice.format.RowSource;
import io.sluice.pipeline.imports.input.CheckedInput;
import io.sluice.pipeline.imports.input.ValidatedRow;
import io.sluice.report.Counts;
import io.sluice.report.FailedCsv;
import io.sluice.report.FailedJsonl;
import io.sluice.report.FailedRows;
import io.sluice.report.FailureCause;
import io.sluice.report.FailureCauses;
import io.sluice.report.Outcome;
import io.sluice.report.ReportFile;
import io.sluice.report.ResultsDirectory;
import io.sluice.report.RowResult;
import io.sluice.report.Tally;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Writes the report and the file of failed rows, in the order of the input, in one passage over it.
 * Blocking.
 */
public final class ReportWriter {
  private static final int CAUSES = 20;

  private final Resource resource;
  private final CheckedInput input;
  private final ResultsDirectory directory;
  private final OptionNames names;
  private final Predicate<Outcome> left;

  /**
   * @param names what options are called in the results
   * @param left which outcomes, of those that remain, put a row into the file of failed rows
   */
  public ReportWriter(
      Resource resource,
      CheckedInput input,
      ResultsDirectory directory,
      OptionNames names,
      Predicate<Outcome> left) {
    this.resource = resource;
    this.input = input;
    this.directory = directory;
    this.names = names;
    this.left = left;
  }

  /** The result of every record of a row. */
  @FunctionalInterface
  public interface Results {
    RowResult of(ValidatedRow row) throws IOException;
  }

  /** Tells the results of what has no row, one after the other; null when there are no more. */
  @FunctionalInterface
  public interface Unnamed {
    @Nullable RowResult next() throws IOException;
  }

  /**
   * What was written.
   *
   * @param failed the file of failed rows, or null if no row is left to do
   * @param retryable how many rows of that file may go through if they are tried again
   */
  public record Written(
      Counts rows,
      Counts deletes,
      List<FailureCause> failures,
      @Nullable Path failed,
      long retryable) {}

  public Written write(Results results, Unnamed unnamed) throws IOException {
    Tally tally = new Tally();
    FailureCauses causes = new FailureCauses();
    try (CheckedInput.Rows rows = input.open();
        ReportFile report = ReportFile.begin(directory.report());
        Failed failed = new Failed(rows.header())) {
      ValidatedRow row = rows.next();
      while (row != null) {
        ValidatedRow first = row;
        List<RowResult> parts = new ArrayList<>(1);
        while (row != null && row.row() == first.row()) {
          parts.add(results.of(row));
          row = rows.next();
        }
        RowResult result = RowParts.joined(first.row(), parts);
        report.add(RowNotes.added(result, first, names));
        failed.add(RowNotes.remedied(result, first, names), first);
        tally.add(result);
        causes.add(result);
      }
      for (RowResult result = unnamed.next(); result != null; result = unnamed.next()) {
        report.add(result);
        tally.add(result);
        causes.add(result);
      }
      report.finish();
      return new Written(
          tally.rows(), tally.deletes(), causes.top(CAUSES), failed.finish(), failed.retryable);
    }
  }

  /** The file of failed rows, in the manner of the input. */
  private final class Failed implements java.io.Closeable {
    private final @Nullable FailedCsv csv;
    private final @Nullable FailedJsonl jsonl;
    private final String listed;
    private long retryable;

    Failed(List<String> header) {
      InputFormat format = input.request().input().format();
      List<String> key = resource.key();
      listed = key.get(key.size() - 1);
      jsonl = format == InputFormat.JSONL ? FailedJsonl.in(directory.path()) : null;
      List<String> columns = format == InputFormat.LIST ? List.of(listed) : header;
      csv = format == InputFormat.JSONL ? null : FailedCsv.in(directory.path(), columns);
    }

    void add(RowResult result, ValidatedRow row) throws IOException {
      if (!left.test(result.outcome())) {
        return;
      }
      retryable += result.mayGoThrough() ? 1 : 0;
      if (csv != null) {
        csv.add(result, cells(row));
      } else if (jsonl != null && row.source() instanceof RowSource.Line line) {
        jsonl.add(result, line.text());
      }
    }

    /** A line of a list has its comment, if that belongs to the record. */
    private List<@Nullable String> cells(ValidatedRow row) {
      if (row.source() instanceof RowSource.Cells cells) {
        return cells.values();
      }
      boolean whole = input.request().input().normalize();
      return List.of(
          whole && row.source() instanceof RowSource.Line line
              ? line.text().strip()
              : row.record().path(listed).asString(""));
    }

    @Nullable Path finish() throws IOException {
      FailedRows file = csv == null ? jsonl : csv;
      return file == null ? null : file.finish().orElse(null);
    }

    @Override
    public void close() throws IOException {
      FailedRows file = csv == null ? jsonl : csv;
      if (file != null) {
        file.close();
      }
    }
  }
}
