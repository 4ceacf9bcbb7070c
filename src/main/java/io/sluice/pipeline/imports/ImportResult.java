package io.sluice.pipeline.imports;

import io.sluice.pipeline.Failure;
import io.sluice.report.Summary;
import io.sluice.snapshot.Snapshot;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an import ended.
 *
 * @param directory where the results are
 * @param plan what was planned, or null if it did not come to that
 * @param failure what ended it early, or null if nothing did
 * @param safety the snapshot that was taken before the first delete, or null
 * @param warnings what is odd about the input
 */
public record ImportResult(
    Summary summary,
    Path directory,
    @Nullable PlanSummary plan,
    @Nullable Failure failure,
    @Nullable Path safety,
    List<String> warnings) {

  ImportResult withSafety(@Nullable Snapshot taken) {
    Path file = taken == null ? null : SafetySnapshot.file(taken);
    return new ImportResult(summary, directory, plan, failure, file, warnings);
  }
}
