package io.sluice.flow.retry;

/**
 * Keeps repetitions a small share of all calls of a run: every call adds a little, every repetition
 * takes one. While it is empty, repetitions are not refused but wait the longest backoff, so that
 * they cannot become a storm. Thread-safe.
 */
public final class RetryBudget {
  private final double capacity;
  private final double perCall;
  private double left;

  private RetryBudget(double capacity, double perCall) {
    this.capacity = capacity;
    this.perCall = perCall;
    this.left = capacity;
  }

  /**
   * A full budget.
   *
   * @param capacity how many repetitions it holds at most
   * @param perCall what every call adds
   */
  public static RetryBudget create(double capacity, double perCall) {
    return new RetryBudget(capacity, perCall);
  }

  /** 100 repetitions, and one more for every two calls. */
  public static RetryBudget standard() {
    return create(100, 0.5);
  }

  public synchronized void add() {
    left = Math.min(capacity, left + perCall);
  }

  /** Takes one repetition, or returns false if there is none left. */
  synchronized boolean take() {
    if (left < 1) {
      return false;
    }
    left--;
    return true;
  }
}
