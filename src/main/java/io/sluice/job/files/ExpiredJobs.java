package io.sluice.job.files;

import io.sluice.job.store.Database;
import io.sluice.job.store.JobQueries;
import io.sluice.job.store.JobStore;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** The jobs that are not kept any more. Blocking. */
public final class ExpiredJobs {
  private final Jdbi jdbi;
  private final JobFiles files;

  public ExpiredJobs(Database database, JobFiles files) {
    this.jdbi = database.jdbi();
    this.files = files;
  }

  /**
   * The ids of jobs that ended before that, oldest first; without the last good export of the same
   * kinds of records of a profile, which tells when its last backup was.
   */
  public List<String> endedBefore(Instant time) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select id from job where ended_at < :time and id not in (select max(id) from"
                        + " job where"
                        + JobQueries.GOOD_BACKUP
                        + " group by profile, resources, "
                        + JobQueries.LACKING
                        + ") order by id")
                .bind("narrowed", JobQueries.NARROWED)
                .bind("time", JobStore.time(time))
                .mapTo(String.class)
                .list());
  }

  /**
   * Removes a job with all that belongs to it, unless it goes on meanwhile: both or neither of its
   * row and its results.
   */
  public void remove(String id, Instant endedBefore) throws IOException {
    jdbi.useTransaction(
        handle -> {
          int removed =
              handle
                  .createUpdate("delete from job where id = :id and ended_at < :time")
                  .bind("id", id)
                  .bind("time", JobStore.time(endedBefore))
                  .execute();
          if (removed == 1) {
            handle
                .createUpdate("delete from request_made where made = :id")
                .bind("id", id)
                .execute();
            files.retire(id);
          }
        });
  }
}
