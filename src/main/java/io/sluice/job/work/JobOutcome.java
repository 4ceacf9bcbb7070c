package io.sluice.job.work;

import io.sluice.report.ExitCode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a job's work ended.
 *
 * @param summary what came of it
 */
public record JobOutcome(ExitCode exit, ObjectNode summary) {}
