package io.sluice.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How a run ended, in numbers.
 *
 * @param runId the run's name
 * @param accountId the account that was written to
 * @param resource what kind of records
 * @param mode create, upsert, update, mirror or delete
 * @param dryRun whether only the plan was made
 * @param exit how the process ends
 * @param startedAt when the run began
 * @param finishedAt when it ended
 * @param rows how many data rows the input has
 * @param counts what became of them; they add up to {@code rows}
 * @param deletes what became of a mirror's deletes, which are no rows of the input
 * @param requests how many calls were made
 * @param failures the causes of most failures
 * @param files the files of the results directory, by what they are for: report, created, failed,
 *     journal
 * @param rewritten how many rows had their pattern rewritten
 * @param retryable how many of the rows left over may go through if they are tried again
 * @param heldBy how many rows were left alone for the owners of their records
 */
public record Summary(
    String runId,
    String accountId,
    String resource,
    String mode,
    boolean dryRun,
    ExitCode exit,
    Instant startedAt,
    Instant finishedAt,
    long rows,
    Counts counts,
    Counts deletes,
    long requests,
    List<FailureCause> failures,
    Map<String, String> files,
    long rewritten,
    long retryable,
    long heldBy) {

  public Summary {
    if (counts.total() != rows) {
      throw new IllegalArgumentException(
          rows + " rows, but " + counts.total() + " outcomes: a row was lost or counted twice");
    }
    failures = List.copyOf(failures);
  }
}
