package io.sluice.job.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a profile whose backups are watched stands.
 *
 * @param overdueSince since when a complete backup is overdue; null if none is
 */
public record BackupDue(String profile, @Nullable Instant overdueSince) {}
