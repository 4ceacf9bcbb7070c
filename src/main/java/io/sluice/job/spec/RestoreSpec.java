package io.sluice.job.spec;

import io.sluice.job.JobKind;
import io.sluice.pipeline.imports.ImportOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot, put back.
 *
 * @param snapshot the id of the snapshot
 */
public record RestoreSpec(
    String profile,
    String snapshot,
    @Nullable List<String> resources,
    @Nullable ImportOptions options)
    implements JobSpec {
  @Override
  public JobKind jobKind() {
    return JobKind.RESTORE;
  }
}
