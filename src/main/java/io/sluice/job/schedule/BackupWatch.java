package io.sluice.job.schedule;

import io.sluice.catalog.Resource;
import io.sluice.config.UsageException;
import io.sluice.job.Backup;
import io.sluice.job.JobSpec;
import io.sluice.job.work.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds backups that schedules promise and that have not been made: an hour after the schedule was
 * due first since the last complete backup of all that it exports, whoever made that.
 */
public final class BackupWatch {
  /** How long a backup may take, and what it waits for. */
  static final Duration GRACE = Duration.ofHours(1);

  private final List<Backup> backups;
  private final Instant now;

  /**
   * @param backups the last complete ones
   */
  public BackupWatch(List<Backup> backups, Instant now) {
    this.backups = List.copyOf(backups);
    this.now = now;
  }

  /** When the schedule's backup was due; empty if it is not overdue, or the schedule makes none. */
  public Optional<Instant> overdueSince(Schedule schedule) {
    if (schedule.paused()
        || !(schedule.job() instanceof JobSpec.Export export)
        || export.narrowed()) {
      return Optional.empty();
    }
    Instant due;
    try {
      due = DueTimes.of(schedule.cron(), schedule.zone()).after(last(export, schedule.plannedAt()));
    } catch (UsageException never) {
      due = schedule.plannedAt();
    }
    return due.plus(GRACE).isBefore(now) ? Optional.of(due) : Optional.empty();
  }

  /** How each profile stands for which a schedule that is not paused takes backups. */
  public List<BackupDue> due(List<Schedule> schedules) {
    Map<String, List<Instant>> overdue = new TreeMap<>();
    for (Schedule schedule : schedules) {
      if (!schedule.paused()
          && schedule.job() instanceof JobSpec.Export export
          && !export.narrowed()) {
        List<Instant> since = overdue.computeIfAbsent(export.profile(), name -> new ArrayList<>());
        overdueSince(schedule).ifPresent(since::add);
      }
    }
    return overdue.entrySet().stream()
        .map(
            entry ->
                new BackupDue(
                    entry.getKey(), entry.getValue().stream().min(Instant::compareTo).orElse(null)))
        .toList();
  }

  /** When the oldest of the last backups ended, or the schedule was made if that is later. */
  private Instant last(JobSpec.Export export, Instant planned) {
    Instant oldest = Instant.MAX;
    for (Resource resource : Work.resources(export.resources())) {
      Instant ended =
          backups.stream()
              .filter(backup -> backup.profile().equals(export.profile()))
              .filter(backup -> backup.resource().equals(resource.slug()))
              .map(Backup::endedAt)
              .max(Instant::compareTo)
              .orElse(planned);
      oldest = ended.isBefore(oldest) ? ended : oldest;
    }
    return oldest.isBefore(planned) ? planned : oldest;
  }
}
