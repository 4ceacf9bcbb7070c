package io.sluice.job.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.job.Backup;
import io.sluice.job.JobRig;
import io.sluice.job.spec.DiffSpec;
import io.sluice.job.spec.ExportSpec;
import io.sluice.job.spec.JobSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Backups that have not happened. */
final class BackupWatchTest {
  private static final Instant PLANNED = Instant.parse("2026-11-20T10:00:00Z");
  private static final Instant FIRST = Instant.parse("2026-11-21T02:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void aBackupIsOverdueAnHourAfterItWasDue() {
    Schedule nightly = schedule("0 2 * * *", false);
    Instant last = FIRST.plus(DAY).plus(MINUTE);

    assertThat(watch(List.of(), FIRST.plus(BackupWatch.GRACE)).overdueSince(nightly)).isEmpty();
    assertThat(watch(List.of(), FIRST.plus(BackupWatch.GRACE).plus(MINUTE)).overdueSince(nightly))
        .contains(FIRST);
    assertThat(watch(all(last), last.plus(DAY)).overdueSince(nightly)).isEmpty();
    assertThat(watch(all(last), last.plus(DAY).plus(BackupWatch.GRACE)).overdueSince(nightly))
        .contains(FIRST.plus(DAY).plus(DAY));
  }

  @Test
  void aScheduleThatFailsEachHourIsOverdueSinceTheFirstTime() {
    Schedule hourly = schedule("0 * * * *", false);

    assertThat(watch(List.of(), PLANNED.plus(DAY)).overdueSince(hourly))
        .contains(PLANNED.plus(Duration.ofHours(1)));
  }

  @Test
  void oneKindOfRecordsThatIsMissingMakesItOverdue() {
    List<Backup> backups = new ArrayList<>(all(FIRST.plus(DAY).plus(MINUTE)));
    Backup missing = backups.remove(0);
    Instant now = FIRST.plus(DAY).plus(DAY).minus(MINUTE);

    assertThat(watch(backups, now).overdueSince(schedule("0 2 * * *", false))).contains(FIRST);
    backups.add(new Backup("other", missing.resource(), missing.endedAt(), true));
    assertThat(watch(backups, now).overdueSince(schedule("0 2 * * *", false))).contains(FIRST);
  }

  @Test
  void whatIsPausedOrMakesNoBackupIsNeverOverdue() {
    Schedule paused = schedule("0 2 * * *", true);
    Schedule other =
        new Schedule(
            "d",
            "d",
            new DiffSpec("profile:one", "profile:two", null),
            "0 2 * * *",
            "UTC",
            false,
            "me",
            PLANNED,
            PLANNED,
            null,
            null,
            null);
    Schedule narrowed =
        schedule(
            "0 2 * * *",
            false,
            new ExportSpec(
                "one",
                List.of("block-senders"),
                null,
                false,
                null,
                false,
                Map.of("pattern_type", List.of("EMAIL"))));
    BackupWatch later = watch(List.of(), PLANNED.plus(DAY.multipliedBy(30)));

    assertThat(later.overdueSince(paused)).isEmpty();
    assertThat(later.overdueSince(other)).isEmpty();
    assertThat(later.overdueSince(narrowed)).isEmpty();
    assertThat(later.due(List.of(paused, other, narrowed))).isEmpty();
  }

  @Test
  void aProfileIsAsOverdueAsItsOldestBackup() {
    Schedule nightly = schedule("0 2 * * *", false);
    Schedule yearly = schedule("0 2 1 1 *", false);
    BackupWatch watch = watch(List.of(), PLANNED.plus(DAY.multipliedBy(30)));

    assertThat(watch.due(List.of(yearly, nightly))).containsExactly(new BackupDue("one", FIRST));
    assertThat(watch.due(List.of(yearly))).containsExactly(new BackupDue("one", null));
  }

  private static BackupWatch watch(List<Backup> backups, Instant now) {
    return new BackupWatch(backups, now);
  }

  private static List<Backup> all(Instant ended) {
    return Catalog.resources().stream()
        .map(Resource::slug)
        .map(slug -> new Backup("one", slug, ended, true))
        .toList();
  }

  private static Schedule schedule(String cron, boolean paused) {
    return schedule(cron, paused, JobRig.export("one", null));
  }

  private static Schedule schedule(String cron, boolean paused, JobSpec job) {
    return new Schedule(
        cron, cron, job, cron, "UTC", paused, "me", PLANNED, PLANNED, null, null, null);
  }
}
