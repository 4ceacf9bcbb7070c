package io.sluice.job.spec;

import io.sluice.job.JobKind;
import io.sluice.pipeline.imports.ImportOptions;
import io.sluice.pipeline.imports.input.Reading;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An import of an upload.
 *
 * @param upload the id of the upload
 * @param reading how its rows are read; null for what its name tells
 * @param options null for all defaults
 */
public record ImportSpec(
    String profile,
    String resource,
    String upload,
    @Nullable Reading reading,
    @Nullable ImportOptions options)
    implements JobSpec {
  @Override
  public JobKind jobKind() {
    return JobKind.IMPORT;
  }

  @Override
  public List<String> resources() {
    return List.of(resource);
  }
}
