package io.sluice.job.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a profile whose backups are scheduled stands.
 *
 * @param overdueSince when a complete backup was due that has not been made; null if none is
 *     overdue
 */
public record BackupDue(String profile, @Nullable Instant overdueSince) {}
