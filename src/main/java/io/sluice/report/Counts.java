package io.sluice.report;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many rows came to which outcome.
 *
 * @param byOutcome every outcome, in the order in which they are declared
 */
public record Counts(Map<Outcome, Long> byOutcome) {

  public Counts {
    Map<Outcome, Long> all = new EnumMap<>(Outcome.class);
    for (Outcome outcome : Outcome.values()) {
      all.put(outcome, byOutcome.getOrDefault(outcome, 0L));
    }
    byOutcome = Collections.unmodifiableMap(all);
  }

  /** No rows. */
  public static Counts none() {
    return new Counts(Map.of());
  }

  /** How many rows came to that outcome. */
  public long of(Outcome outcome) {
    return byOutcome.getOrDefault(outcome, 0L);
  }

  /** How many rows have an outcome. */
  public long total() {
    return byOutcome.values().stream().mapToLong(Long::longValue).sum();
  }
}
