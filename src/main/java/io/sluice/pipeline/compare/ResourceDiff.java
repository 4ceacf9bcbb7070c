package io.sluice.pipeline.compare;

import io.sluice.catalog.Resource;
import io.sluice.pipeline.compare.Difference.Kind;
import java.util.Map;

/**
 * The result of comparing all records of one kind.
 *
 * @param before how many the first side has
 * @param after how many the second side has
 * @param alike how many pairs behave alike
 * @param counts how many differences of each kind there are
 */
public record ResourceDiff(
    Resource resource, long before, long after, long alike, Map<Kind, Long> counts) {
  /** Keeps a copy. */
  public ResourceDiff {
    counts = Map.copyOf(counts);
  }

  /** How many differences of that kind there are. */
  public long of(Kind kind) {
    return counts.getOrDefault(kind, 0L);
  }

  /** How many differences there are; what cannot travel is none. */
  public long differences() {
    return of(Kind.CREATED) + of(Kind.CHANGED) + of(Kind.DELETED);
  }
}
