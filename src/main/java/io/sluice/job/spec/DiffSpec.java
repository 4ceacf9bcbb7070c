package io.sluice.job.spec;

import io.sluice.job.JobKind;
import io.sluice.pipeline.compare.Side;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A comparison.
 *
 * @param before {@code profile:NAME}, or the id of a snapshot
 * @param after the same
 */
public record DiffSpec(String before, String after, @Nullable List<String> resources)
    implements JobSpec {
  @Override
  public JobKind jobKind() {
    return JobKind.DIFF;
  }

  @Override
  public String profile() {
    String first = Side.profile(before);
    String other = first == null ? Side.profile(after) : first;
    return Objects.requireNonNullElse(other, "");
  }

  @Override
  public boolean rehearsal() {
    return true;
  }
}
