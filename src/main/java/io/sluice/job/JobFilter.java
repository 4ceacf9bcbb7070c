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
    OPEN("state in ('queued', 'running', 'paused', 'awaiting_approval')"),
    /** Nothing more happens by itself. Most have ended: an index of states would find them all. */
    ENDED("state not in ('queued', 'running', 'paused', 'awaiting_approval')"),
    /** All was well. */
    WELL("exit_code = 0"),
    /** It ended otherwise. */
    TROUBLE("exit_code <> 0"),
    /** Its plan waits for an approval. */
    AWAITING("state = 'awaiting_approval'"),
    /** Somebody ended it. */
    CANCELLED("state = 'cancelled'");

    private final String condition;

    Result(String condition) {
      this.condition = condition;
    }

    public String condition() {
      return condition;
    }
  }
}
