package io.sluice.job;

import org.jspecify.annotations.Nullable;

/**
 * Which jobs to list; null lets all pass.
 *
 * @param account an account id
 * @param before only jobs whose id sorts before this one: the way to the next page
 * @param limit how many at most
 */
public record JobFilter(
    @Nullable String account,
    @Nullable JobKind kind,
    @Nullable Result result,
    @Nullable String before,
    int limit) {
  /** How a job ended, roughly. */
  public enum Result {
    /** It waits, runs or is paused. */
    OPEN,
    /** Nothing more happens by itself. */
    ENDED,
    /** All was well. */
    WELL,
    /** It ended otherwise. */
    TROUBLE,
    /** Its plan waits for an approval. */
    AWAITING,
    /** Somebody ended it. */
    CANCELLED
  }
}
