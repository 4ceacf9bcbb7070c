package io.sluice.job;

/**
 * What became of a request for a job.
 *
 * @param again true if an earlier request with the same key has made the job
 */
public record Submitted(Job job, boolean again) {}
