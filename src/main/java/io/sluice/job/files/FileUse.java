package io.sluice.job.files;

import io.sluice.job.JobState;
import io.sluice.job.Lifecycle;
import io.sluice.job.spec.DiffSpec;
import io.sluice.job.spec.ImportSpec;
import io.sluice.job.spec.InsightSpec;
import io.sluice.job.spec.JobSpec;
import io.sluice.job.spec.RestoreSpec;
import io.sluice.job.store.Database;
import io.sluice.job.store.JobStore;
import io.sluice.job.store.StoredJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Which jobs and schedules need uploads and snapshots. Blocking. */
public final class FileUse {
  private final Jdbi jdbi;

  public FileUse(Database database) {
    this.jdbi = database.jdbi();
  }

  /**
   * One that reads it.
   *
   * @param name for people, such as {@code job 2026-…}
   * @param ended true for a job that has ended but could go on
   */
  public record Reader(String name, boolean ended) {}

  /** The readers of an upload. */
  public List<Reader> ofUpload(String id) {
    return readers(
        id, (spec, upload) -> spec instanceof ImportSpec some && some.upload().equals(upload));
  }

  /** The readers of a snapshot. */
  public List<Reader> ofSnapshot(String id) {
    return readers(id, FileUse::readsSnapshot);
  }

  /**
   * The ids of uploads that schedules need, or jobs that have not ended, or have ended since then
   * and may be resumed.
   */
  public Set<String> uploadsSince(Instant time) {
    Set<String> needed = new HashSet<>();
    List<String> specs =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        "select spec from job where kind = 'import' and (ended_at is null or"
                            + " ended_at >= :time) union all select spec from schedule")
                    .bind("time", JobStore.time(time))
                    .mapTo(String.class)
                    .list());
    for (String spec : specs) {
      if (StoredJson.MAPPER.readValue(spec, JobSpec.class) instanceof ImportSpec some) {
        needed.add(some.upload());
      }
    }
    return needed;
  }

  private static boolean readsSnapshot(JobSpec spec, String snapshot) {
    if (spec instanceof DiffSpec diff) {
      return diff.before().equals(snapshot) || diff.after().equals(snapshot);
    }
    if (spec instanceof InsightSpec insight) {
      return insight.source().equals(snapshot);
    }
    return spec instanceof RestoreSpec restore && restore.snapshot().equals(snapshot);
  }

  private record Found(String name, String spec, @Nullable JobState state, @Nullable Integer exit) {
    boolean ended() {
      return state != null && state.ended();
    }

    boolean mayRead() {
      return !ended() || (state != null && Lifecycle.canResume(state, exit));
    }
  }

  private List<Reader> readers(String id, BiPredicate<JobSpec, String> reads) {
    List<Reader> readers = new ArrayList<>();
    for (Found found : mentioning(id)) {
      JobSpec spec = StoredJson.MAPPER.readValue(found.spec(), JobSpec.class);
      if (found.mayRead() && reads.test(spec, id)) {
        readers.add(new Reader(found.name(), found.ended()));
      }
    }
    return readers;
  }

  /** Those whose stored words hold the id; letters that stand for any may find more. */
  private List<Found> mentioning(String id) {
    return jdbi.withHandle(
        handle -> {
          List<Found> found =
              new ArrayList<>(
                  handle
                      .createQuery(
                          "select id, spec, state, exit_code from job where spec like :words order"
                              + " by id")
                      .bind("words", "%" + id + "%")
                      .map(
                          (row, context) ->
                              new Found(
                                  "job " + row.getString("id"),
                                  row.getString("spec"),
                                  JobState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                                  row.getObject("exit_code", Integer.class)))
                      .list());
          found.addAll(
              handle
                  .createQuery("select name, spec from schedule where spec like :words order by id")
                  .bind("words", "%" + id + "%")
                  .map(
                      (row, context) ->
                          new Found(
                              "the schedule '" + row.getString("name") + "'",
                              row.getString("spec"),
                              null,
                              null))
                  .list());
          return found;
        });
  }
}
