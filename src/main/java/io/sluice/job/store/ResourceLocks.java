package io.sluice.job.store;

import io.sluice.job.Job;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/**
 * Lets jobs that change the same records of an account run one after the other. The same account id
 * at another API, such as a sandbox, is another account. A turn belongs to the job, whichever
 * process runs it, until the job gives it back. Blocking.
 */
public final class ResourceLocks {
  private final Jdbi jdbi;

  public ResourceLocks(Database database) {
    this.jdbi = database.jdbi();
  }

  /**
   * Takes the turn for all kinds of records that the job is about, or for none.
   *
   * @return the job that has one of them, or nothing if it is this job's turn
   */
  public Optional<String> take(Job job) {
    try {
      return jdbi.inTransaction(
          handle -> {
            for (String resource : job.resources().stream().sorted().toList()) {
              List<String> holders = holders(handle, job, resource);
              Optional<String> other =
                  holders.stream().filter(holder -> !holder.equals(job.id())).findFirst();
              if (other.isPresent()) {
                handle.rollback();
                return other;
              } else if (holders.isEmpty()) {
                handle
                    .createUpdate(
                        "insert into job_turn (api, account, resource, job) values (:api, :account,"
                            + " :resource, :job)")
                    .bind("api", job.api())
                    .bind("account", job.account())
                    .bind("resource", resource)
                    .bind("job", job.id())
                    .execute();
              }
            }
            return Optional.empty();
          });
    } catch (UnableToExecuteStatementException taken) {
      if (Database.isAway(taken)) {
        throw taken;
      }
      // Another process was quicker by a moment.
      return before(job).or(() -> Optional.of("another job"));
    }
  }

  /** Another job that has the turn for one of the kinds of records that the job is about. */
  public Optional<String> before(Job job) {
    return jdbi.withHandle(
        handle ->
            job.resources().stream()
                .sorted()
                .flatMap(resource -> holders(handle, job, resource).stream())
                .filter(holder -> !holder.equals(job.id()))
                .findFirst());
  }

  /** Gives back all that the job has. */
  public void release(String job) {
    jdbi.useHandle(handle -> release(handle, job));
  }

  /** Gives back all that the job has within the caller's transaction. */
  public static void release(Handle handle, String job) {
    handle.createUpdate("delete from job_turn where job = :job").bind("job", job).execute();
  }

  /** An empty API, of a job that began before APIs were kept, stands for any. */
  private static List<String> holders(Handle handle, Job job, String resource) {
    return handle
        .createQuery(
            "select job from job_turn where account = :account and resource = :resource and (api ="
                + " :api or api = '' or :api = '')")
        .bind("api", job.api())
        .bind("account", job.account())
        .bind("resource", resource)
        .mapTo(String.class)
        .list();
  }
}
