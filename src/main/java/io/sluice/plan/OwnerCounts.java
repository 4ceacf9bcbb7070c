package io.sluice.plan;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts records by owner. Remembers a thousand owners and counts the records of others together,
 * so that memory stays bounded whatever comments say. For one thread at a time.
 */
public final class OwnerCounts {
  private static final int MOST = 1000;
  private static final String OTHERS = "(others)";

  private final Map<String, Long> counts = new TreeMap<>();

  /**
   * Counts a record.
   *
   * @param owner null for a record without an owner
   */
  public void add(@Nullable String owner) {
    String name = owner == null ? Ownership.UNOWNED : owner;
    boolean kept = counts.containsKey(name) || counts.size() < MOST;
    counts.merge(kept ? name : OTHERS, 1L, Long::sum);
  }

  /** How many records each owner has; those without one under {@link Ownership#UNOWNED}. */
  public Map<String, Long> byOwner() {
    return Collections.unmodifiableMap(new TreeMap<>(counts));
  }
}
