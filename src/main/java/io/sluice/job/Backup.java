package io.sluice.job;

import java.time.Instant;

/**
 * The last complete and consistent export of one kind of records.
 *
 * @param profile whose account
 * @param resource its slug
 */
public record Backup(String profile, String resource, Instant endedAt) {}
