package io.sluice.job;

/** Receives the outcomes of jobs on this process, on the worker's thread. */
public interface JobListener {
  /** Nobody listens. */
  JobListener NONE =
      new JobListener() {
        @Override
        public void settled(Job job, RowCounts rows) {}

        @Override
        public void ended(Job job) {}
      };

  /**
   * A job stands still, and these rows have an outcome that they had not when it stood still
   * before: each row is told once, however often the job is stopped and goes on. Rows that it may
   * go on with are told when it has.
   */
  void settled(Job job, RowCounts rows);

  /** A schedule was due and could not make its job, which is of that kind. */
  default void notMade(JobKind kind) {}

  /** A job has ended; one that is resumed ends more than once. */
  void ended(Job job);
}
