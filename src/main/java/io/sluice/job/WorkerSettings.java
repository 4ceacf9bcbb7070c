package io.sluice.job;

import java.time.Duration;

/**
 * How a process works on jobs.
 *
 * @param name what the process is called in the database; no other may have the same name
 * @param jobs how many jobs it runs at once
 * @param polling how often it looks for jobs that others made
 * @param takeOver after how long others have found out at the latest that nothing is heard of a
 *     process; they take over its jobs when they look for jobs next
 * @param shutdown how long jobs that were asked to stop may take for it
 */
public record WorkerSettings(
    String name, int jobs, Duration polling, Duration takeOver, Duration shutdown) {

  /** What serves well. */
  public static WorkerSettings standard(String name) {
    return new WorkerSettings(
        name, 8, Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(25));
  }
}
