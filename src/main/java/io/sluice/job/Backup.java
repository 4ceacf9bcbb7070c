package io.sluice.job;

import java.time.Instant;

/**
 * The last complete and consistent export of one kind of records.
 *
 * @param profile whose account
 * @param resource its slug
 * @param held false if the account did not offer that kind, so that nothing is known of it
 */
public record Backup(String profile, String resource, Instant endedAt, boolean held) {}
