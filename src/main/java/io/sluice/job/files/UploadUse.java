package io.sluice.job.files;

import io.sluice.job.JobSpec;
import io.sluice.job.store.Database;
import io.sluice.job.store.JobStore;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/** The uploads that are in use. Blocking. */
public final class UploadUse {
  private final Jdbi jdbi;

  public UploadUse(Database database) {
    this.jdbi = database.jdbi();
  }

  /**
   * The ids of uploads that schedules need, or jobs that have not ended, or have ended since then
   * and may be resumed.
   */
  public Set<String> since(Instant time) {
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
      if (JobStore.JSON.readValue(spec, JobSpec.class) instanceof JobSpec.Import some) {
        needed.add(some.upload());
      }
    }
    return needed;
  }
}
