package io.sluice.job.notice;

import io.sluice.job.store.Database;
import io.sluice.job.store.JobStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The periods in which the backup of a profile is overdue for a target, in the database, shared by
 * all processes. Blocking; thread-safe.
 */
final class OverduePeriods {
  private final Jdbi jdbi;

  OverduePeriods(Database database) {
    this.jdbi = database.jdbi();
  }

  /** A target that watches a profile. */
  private record Watched(String target, String profile) {}

  /**
   * A profile whose last complete backup is too old for a target.
   *
   * @param last when that backup ended; null if there is none
   */
  record Overdue(String target, String profile, @Nullable Instant last) {
    private Watched watched() {
      return new Watched(target, profile);
    }

    /** True if a backup was completed since, so that this is another period. */
    private boolean isAfter(Instant before) {
      return last != null && last.truncatedTo(ChronoUnit.MICROS).isAfter(before);
    }
  }

  /**
   * Notes which profiles are overdue now. Processes do so one after another.
   *
   * @param begun what is done within the transaction for each one that was not overdue before
   */
  void renew(List<Overdue> overdue, Instant now, BiConsumer<Handle, Overdue> begun) {
    jdbi.useTransaction(
        handle -> {
          handle.execute("update overdue_watch set rounds = rounds + 1 where one = 1");
          Map<Watched, Instant> known = known(handle);
          Set<Watched> ended = new HashSet<>(known.keySet());
          for (Overdue one : overdue) {
            ended.remove(one.watched());
            Instant before = known.get(one.watched());
            if (before == null || one.isAfter(before)) {
              remove(handle, one.watched());
              add(handle, one, now);
              begun.accept(handle, one);
            }
          }
          ended.forEach(watched -> remove(handle, watched));
        });
  }

  /** The last backup before each period; the epoch if there was none. */
  private static Map<Watched, Instant> known(Handle handle) {
    Map<Watched, Instant> known = new HashMap<>();
    handle
        .createQuery("select target, profile, last_backup from overdue_backup")
        .map(
            (row, context) ->
                Map.entry(
                    new Watched(row.getString("target"), row.getString("profile")),
                    JobStore.moment(row, "last_backup")))
        .forEach(entry -> known.put(entry.getKey(), entry.getValue()));
    return known;
  }

  private static void remove(Handle handle, Watched watched) {
    handle
        .createUpdate("delete from overdue_backup where target = :target and profile = :profile")
        .bind("target", watched.target())
        .bind("profile", watched.profile())
        .execute();
  }

  private static void add(Handle handle, Overdue overdue, Instant now) {
    Instant last = overdue.last();
    handle
        .createUpdate(
            "insert into overdue_backup (target, profile, last_backup, found_at) values (:target,"
                + " :profile, :last, :now)")
        .bind("target", overdue.target())
        .bind("profile", overdue.profile())
        .bind("last", last == null ? null : JobStore.time(last))
        .bind("now", JobStore.time(now))
        .execute();
  }

  /** When it was first found that a profile is overdue, for those that are. */
  Map<String, Instant> found() {
    Map<String, Instant> found = new HashMap<>();
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(
                    "select profile, min(found_at) as found_at from overdue_backup group by profile")
                .map(
                    (row, context) ->
                        Map.entry(row.getString("profile"), JobStore.moment(row, "found_at")))
                .forEach(entry -> found.put(entry.getKey(), entry.getValue())));
    return found;
  }
}
