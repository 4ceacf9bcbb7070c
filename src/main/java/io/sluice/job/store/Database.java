package io.sluice.job.store;

import io.sluice.config.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/**
 * Where jobs, keys and schedules are kept, with its schema up to date. A database that goes away is
 * waited for, or heard of at once, as {@link #isAway} tells; it comes back by itself. Blocking;
 * thread-safe.
 */
public final class Database implements AutoCloseable {
  private final DatabaseLink link;
  private final Jdbi jdbi;
  private final boolean alone;

  private Database(DatabaseLink link, boolean alone) {
    this.link = link;
    this.alone = alone;
    this.jdbi = Jdbi.create(link.prompt());
  }

  /**
   * Connects, and brings the schema up to date.
   *
   * @throws UsageException if a newer Sluice has updated it, or an update has ended half-way
   * @throws RuntimeException of the driver, the pool or Flyway if it cannot be reached or used
   */
  public static Database open(DatabaseSettings settings) {
    try {
      settings.prepareFiles();
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
    DatabaseLink link = new DatabaseLink(settings);
    boolean ready = false;
    try {
      new Schema(settings).update();
      Database database = new Database(link, settings.url().startsWith("jdbc:h2:"));
      // A disk that fills up in the next moment must not leave a database without its tables.
      database.sync();
      ready = true;
      return database;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } finally {
      if (!ready) {
        link.close();
      }
    }
  }

  /**
   * True if the error says that the database cannot be reached, or cannot serve for now: the same
   * may be asked again later. False for a defect.
   */
  public static boolean isAway(Throwable error) {
    return DatabaseErrors.away(error);
  }

  /** For those who hear at once of a database that is away. */
  public Jdbi jdbi() {
    return jdbi;
  }

  /** Fails at once while the database is away. */
  public DataSource source() {
    return link.prompt();
  }

  /** Waits while the database is away. */
  public DataSource patientSource() {
    return link.patient();
  }

  /**
   * Does something again and again until the database has done it.
   *
   * @throws RuntimeException that is no outage; or the last one if this process ends
   */
  public <T> T insist(Supplier<T> work) {
    while (true) {
      try {
        return work.get();
      } catch (RuntimeException failed) {
        if (!isAway(failed) || !link.awaitBack()) {
          throw failed;
        }
      }
    }
  }

  /** Ends all waiting for the database, as this process ends. */
  public void stopWaiting() {
    link.stopWaiting();
  }

  /** Has something done each time that the database is back after an outage. */
  public void whenBack(Runnable task) {
    link.whenBack(task);
  }

  /** True if no other process can use it at the same time. */
  public boolean alone() {
    return alone;
  }

  /**
   * Waits until all that was committed is on the disk. The embedded database does that by itself
   * half a second later, which is too late for what a crash must not bring back.
   */
  public void sync() {
    if (alone) {
      jdbi.useHandle(handle -> handle.execute("checkpoint sync"));
    }
  }

  /** Lets every task be run again that was being run. */
  public void freeTasks() {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update scheduled_tasks set picked = false, picked_by = null, last_heartbeat ="
                    + " null where picked"));
  }

  /**
   * Lets tasks be run now that are put off beyond a moment that is later than any task is ever due,
   * but for those of schedules, which know when they are due. A clock that was ahead does that.
   *
   * @return how many there were
   */
  public int recallTasks(String schedules, Instant now, Instant beyond) {
    return jdbi.withHandle(
        handle ->
            handle
                .createUpdate(
                    "update scheduled_tasks set execution_time = :now where execution_time >"
                        + " :beyond and picked = false and task_name <> :schedules")
                .bind("now", JobStore.time(now))
                .bind("beyond", JobStore.time(beyond))
                .bind("schedules", schedules)
                .execute());
  }

  /** True if it answers. */
  public boolean answers() {
    try {
      return jdbi.withHandle(handle -> handle.createQuery("select 1").mapTo(Integer.class).one())
          == 1;
    } catch (RuntimeException gone) {
      return false;
    }
  }

  /** How long it has been away; empty if it is not. */
  public Optional<Duration> away() {
    return link.away();
  }

  @Override
  public void close() {
    link.close();
  }
}
