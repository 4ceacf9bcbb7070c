package io.sluice.job.schedule;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.config.UsageException;
import io.sluice.job.Backup;
import io.sluice.job.spec.ExportSpec;
import io.sluice.job.spec.JobSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds backups that are overdue: those that a schedule promises, an hour after it was due first
 * since the last complete backup of all that it exports, by any job; and those that are older than
 * they may be.
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
    if (schedule.paused() || !(schedule.job() instanceof ExportSpec export) || export.narrowed()) {
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
      if (!schedule.paused() && schedule.job() instanceof ExportSpec export && !export.narrowed()) {
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

  /**
   * When the last complete backup of a profile ended: the oldest of the last ones of each kind of
   * records that its schedules export, or of all kinds if none does. Empty if one of these has
   * never been backed up.
   */
  public Optional<Instant> lastComplete(String profile, List<Schedule> schedules) {
    Set<String> kinds = new TreeSet<>();
    for (Schedule schedule : schedules) {
      if (schedule.job() instanceof ExportSpec export
          && export.profile().equals(profile)
          && !export.narrowed()) {
        JobSpec.resources(export.resources()).forEach(kind -> kinds.add(kind.slug()));
      }
    }
    if (kinds.isEmpty()) {
      Catalog.resources().forEach(kind -> kinds.add(kind.slug()));
    }
    Map<String, Instant> last = new TreeMap<>();
    for (Backup backup : backups) {
      if (backup.profile().equals(profile) && kinds.contains(backup.resource())) {
        last.merge(
            backup.resource(), backup.endedAt(), (one, other) -> one.isAfter(other) ? one : other);
      }
    }
    return last.size() < kinds.size()
        ? Optional.empty()
        : last.values().stream().min(Instant::compareTo);
  }

  /**
   * True if that backup is older than it may be.
   *
   * @param last when it ended; null if there is none, which is older than any age
   */
  public boolean isOlder(@Nullable Instant last, Duration age) {
    return last == null || last.plus(age).isBefore(now);
  }

  /**
   * How a profile stands whose last complete backup may be of that age.
   *
   * @param found when it was found that it has none; null if only now
   */
  public BackupDue due(
      String profile, List<Schedule> schedules, Duration age, @Nullable Instant found) {
    @Nullable Instant last = lastComplete(profile, schedules).orElse(null);
    if (!isOlder(last, age)) {
      return new BackupDue(profile, null);
    }
    Instant since = found == null ? now : found;
    return new BackupDue(profile, last == null ? since : last.plus(age));
  }

  /** When the oldest of the last backups ended, or the schedule was made if that is later. */
  private Instant last(ExportSpec export, Instant planned) {
    Instant oldest = Instant.MAX;
    for (Resource resource : JobSpec.resources(export.resources())) {
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
