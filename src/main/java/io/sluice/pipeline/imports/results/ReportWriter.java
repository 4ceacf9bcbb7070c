package io.sluice.pipeline.imports.results;

import io.sluice.format.OptionNames;
import io.sluice.pipeline.imports.PlannedRow;
import io.sluice.pipeline.imports.input.CheckedInput;
import io.sluice.pipeline.imports.input.RunInput;
import io.sluice.plan.Tagging;
import io.sluice.report.Counts;
import io.sluice.report.CreatedRecords;
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
 * Writes the report and the files of failed rows and created records, in the order of the input.
 * Blocking.
 */
public final class ReportWriter {
  private static final int CAUSES = 20;

  private final RunInput input;
  private final ResultsDirectory directory;
  private final OptionNames names;
  private final Predicate<Outcome> left;

  /**
   * @param left which outcomes, of those that remain, put a row into the file of failed rows
   */
  public ReportWriter(
      RunInput input, ResultsDirectory directory, OptionNames names, Predicate<Outcome> left) {
    this.input = input;
    this.directory = directory;
    this.names = names;
    this.left = left;
  }

  /** The result of every record of a row. */
  @FunctionalInterface
  public interface Results {
    RowResult of(PlannedRow row) throws IOException;
  }

  /** The results of what has no row, one after the other; null when there are no more. */
  @FunctionalInterface
  public interface Unnamed {
    @Nullable RowResult next() throws IOException;
  }

  /**
   * What was written.
   *
   * @param created the file of the created records' ids, or null if there are none
   * @param failed the file of failed rows, or null if no row is left to do
   * @param unwritten why rows that are left are in no such file; null if they are
   * @param moved how many records of a saved plan were not as they were planned
   * @param retryable how many rows that are left may go through if they are tried again
   * @param heldBy how many rows were left alone for the owners of their records
   */
  public record Written(
      Counts rows,
      Counts deletes,
      List<FailureCause> failures,
      @Nullable Path created,
      @Nullable Path failed,
      @Nullable String unwritten,
      long retryable,
      long moved,
      long heldBy) {}

  /**
   * Writes the files, each of which appears whole.
   *
   * @param rows the records of the input's rows
   */
  public Written write(PlannedRow.Rows rows, Results results, Unnamed unnamed) throws IOException {
    Tally tally = new Tally();
    FailureCauses causes = new FailureCauses();
    long retryable = 0;
    long heldBy = 0;
    long moved = 0;
    try (ReportFile report = ReportFile.begin(directory.report());
        CreatedRecords created = new CreatedRecords(directory.path());
        LeftRows failed = leftRows()) {
      PlannedRow row = rows.next();
      while (row != null) {
        long number = input.row(row.number());
        PlannedRow first = row;
        RowNotes notes = row.notes();
        List<RowResult> parts = new ArrayList<>(1);
        while (row != null && input.row(row.number()) == number) {
          RowResult part = results.of(row);
          moved += RowResult.MOVED.equals(part.code()) ? 1 : 0;
          created.add(part);
          parts.add(part);
          row = rows.next();
        }
        RowResult result = RowParts.joined(number, parts);
        report.add(notes.inReport(result, names));
        if (left.test(result.outcome())) {
          failed.add(first, notes.inFailedRows(result, names));
          retryable += result.mayGoThrough() ? 1 : 0;
        }
        heldBy += Tagging.HELD_BY.equals(result.code()) ? 1 : 0;
        tally.add(result);
        causes.add(result);
      }
      for (RowResult result = unnamed.next(); result != null; result = unnamed.next()) {
        report.add(result);
        moved += RowResult.MOVED.equals(result.code()) ? 1 : 0;
        tally.add(result);
        causes.add(result);
      }
      report.finish();
      return new Written(
          tally.rows(),
          tally.deletes(),
          causes.top(CAUSES),
          created.finish().orElse(null),
          failed.finish(),
          failed.unwritten(),
          retryable,
          moved,
          heldBy);
    }
  }

  private LeftRows leftRows() {
    return input instanceof CheckedInput file
        ? new FailedRowsWriter(file, directory.path())
        : new PlannedRowsWriter(directory.path());
  }
}
