package io.sluice.job.spec;

import io.sluice.job.JobKind;
import io.sluice.pipeline.imports.ImportOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An account, carried over to another. */
public record MigrateSpec(
    String from, String to, @Nullable List<String> resources, @Nullable ImportOptions options)
    implements JobSpec {
  @Override
  public JobKind jobKind() {
    return JobKind.MIGRATE;
  }

  @Override
  public String profile() {
    return to;
  }
}
