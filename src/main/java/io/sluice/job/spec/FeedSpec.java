package io.sluice.job.spec;

import io.sluice.job.JobKind;
import io.sluice.pipeline.imports.ImportOptions;
import io.sluice.pipeline.imports.input.Reading;
import org.jspecify.annotations.Nullable;

/**
 * An import of a feed that the configuration names.
 *
 * @param feed its name
 * @param reading how its rows are read; null for what the configuration and its address say
 * @param options null for all defaults
 */
public record FeedSpec(
    String profile, String feed, @Nullable Reading reading, @Nullable ImportOptions options)
    implements JobSpec {
  @Override
  public JobKind jobKind() {
    return JobKind.FEED;
  }
}
