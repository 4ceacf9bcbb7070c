package io.sluice.job.notice;

import io.sluice.config.NotifyTarget;
import io.sluice.job.notice.OverduePeriods.Overdue;
import io.sluice.job.schedule.BackupDue;
import io.sluice.job.schedule.BackupWatch;
import io.sluice.job.schedule.Schedule;
import io.sluice.job.schedule.ScheduleStore;
import io.sluice.job.store.Database;
import io.sluice.job.store.JobQueries;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The profiles whose last complete backup is older than the targets of notices allow: what the
 * event {@code backup_overdue} and the metric of overdue backups both rest on. Blocking;
 * thread-safe.
 */
public final class OverdueBackups {
  private static final String EVENT = "backup_overdue";
  private static final int SUBJECT = 200;

  private final OverduePeriods periods;
  private final JobQueries queries;
  private final ScheduleStore schedules;
  private final LastRead<NotifyTarget> targets;
  private final LastRead<String> profiles;
  private final Clock clock;

  /**
   * @param targets the targets as they are now
   * @param profiles the profiles whose backups are watched
   */
  OverdueBackups(
      Database database, LastRead<NotifyTarget> targets, LastRead<String> profiles, Clock clock) {
    this.periods = new OverduePeriods(database);
    this.queries = new JobQueries(database);
    this.schedules = new ScheduleStore(database);
    this.targets = targets;
    this.profiles = profiles;
    this.clock = clock;
  }

  /**
   * Adds a notice for each target and profile whose backup has become overdue: one until there is a
   * complete backup again, whatever restarts meanwhile and however many processes look.
   */
  void watch() {
    if (!targets.isKnown() || !profiles.isKnown()) {
      return; // Nothing is over because a file cannot be read.
    }
    Instant now = clock.instant();
    List<NotifyTarget> watching = watching();
    List<Overdue> overdue = new ArrayList<>();
    if (!watching.isEmpty()) {
      BackupWatch watch = new BackupWatch(queries.backups(now), now);
      List<Schedule> all = schedules.all();
      for (String profile : profiles.get()) {
        @Nullable Instant last = watch.lastComplete(profile, all).orElse(null);
        for (NotifyTarget target : watching) {
          if (watch.isOlder(last, Objects.requireNonNull(target.backupAge()))) {
            overdue.add(new Overdue(target.name(), profile, last));
          }
        }
      }
    }
    periods.renew(
        overdue,
        now,
        (handle, begun) ->
            NoticeStore.add(
                handle,
                begun.target(),
                EVENT,
                subject(begun.profile()),
                "",
                Notices.text(NoticeBody.overdue(begun.profile(), begun.last(), now)),
                now));
  }

  /**
   * How each profile stands: by the lowest age that a target allows, so that this and the first
   * notice agree; if none watches backups, by the schedules.
   */
  public List<BackupDue> due() {
    Instant now = clock.instant();
    BackupWatch watch = new BackupWatch(queries.backups(now), now);
    List<Schedule> all = schedules.all();
    Optional<Duration> age =
        watching().stream()
            .map(NotifyTarget::backupAge)
            .filter(Objects::nonNull)
            .min(Duration::compareTo);
    if (age.isEmpty()) {
      return watch.due(all);
    }
    Map<String, Instant> found = periods.found();
    return profiles.get().stream()
        .map(profile -> watch.due(profile, all, age.get(), found.get(profile)))
        .toList();
  }

  private static String subject(String profile) {
    return profile.length() <= SUBJECT ? profile : profile.substring(0, SUBJECT);
  }

  private List<NotifyTarget> watching() {
    return targets.get().stream().filter(target -> target.backupAge() != null).toList();
  }
}
