package io.sluice.job;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/**
 * Lets jobs that change the same records of an account run one after the other. A turn belongs to
 * the job, whichever process runs it, until the job gives it back. Blocking.
 */
final class TurnStore {
  private final Jdbi jdbi;

  TurnStore(Database database) {
    this.jdbi = database.jdbi();
  }

  /**
   * Takes the turn for all of these kinds of records, or for none.
   *
   * @return the job that has one of them, or nothing if it is this job's turn
   */
  Optional<String> take(String account, List<String> resources, String job) {
    try {
      return jdbi.inTransaction(
          handle -> {
            for (String resource : resources.stream().sorted().toList()) {
              Optional<String> holder = holder(handle, account, resource);
              if (holder.isPresent() && !holder.get().equals(job)) {
                handle.rollback();
                return holder;
              } else if (holder.isEmpty()) {
                handle
                    .createUpdate(
                        "insert into job_turn (account, resource, job) values (:account, :resource,"
                            + " :job)")
                    .bind("account", account)
                    .bind("resource", resource)
                    .bind("job", job)
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
      return before(account, resources, job).or(() -> Optional.of("another job"));
    }
  }

  /** Another job that has the turn for one of these kinds of records. */
  Optional<String> before(String account, List<String> resources, String job) {
    return jdbi.withHandle(
        handle ->
            resources.stream()
                .sorted()
                .flatMap(resource -> holder(handle, account, resource).stream())
                .filter(holder -> !holder.equals(job))
                .findFirst());
  }

  /** Gives back all that the job has. */
  void release(String job) {
    jdbi.useHandle(handle -> release(handle, job));
  }

  /** Gives back all that the job has within the caller's transaction. */
  static void release(Handle handle, String job) {
    handle.createUpdate("delete from job_turn where job = :job").bind("job", job).execute();
  }

  private static Optional<String> holder(Handle handle, String account, String resource) {
    return handle
        .createQuery("select job from job_turn where account = :account and resource = :resource")
        .bind("account", account)
        .bind("resource", resource)
        .mapTo(String.class)
        .findOne();
  }
}
