package io.sluice.server;

import io.sluice.job.Jobs;
import io.sluice.job.keys.ApiKeys;
import io.sluice.job.store.Database;
import io.sluice.job.work.JobEnvironment;
import io.sluice.server.metrics.ServiceMetrics;

/**
 * What the routes of the service work with.
 *
 * @param jobs whose jobs; closed by their owner
 * @param environment what the jobs work with
 * @param database where all of it is kept
 * @param keys who may do what
 * @param metrics what is measured
 * @param workers how many jobs this process runs at once
 */
public record Backend(
    Jobs jobs,
    JobEnvironment environment,
    Database database,
    ApiKeys keys,
    ServiceMetrics metrics,
    int workers) {}
