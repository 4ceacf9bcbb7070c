package io.sluice.job.work;

import io.sluice.job.Job;
import io.sluice.pipeline.StopSignal;

/**
 * A job while this process runs it.
 *
 * @param job as it is now
 * @param progress receives what happens
 * @param stop ends it early
 */
public record JobRun(Job job, ProgressLog progress, StopSignal stop) {}
