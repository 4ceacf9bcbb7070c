package io.sluice.job.work;

import io.sluice.job.Job;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.StopSignal;

/** A job at work on an account. */
record JobSession(Job job, AccountSession account, ProgressLog progress, StopSignal stop) {}
