package io.sluice.job.work;

import io.sluice.job.Job;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.StopSignal;

/** A job at work on an account. */
record JobSession(JobRun run, AccountSession account) {
  Job job() {
    return run.job();
  }

  ProgressLog progress() {
    return run.progress();
  }

  StopSignal stop() {
    return run.stop();
  }
}
