package io.sluice.job;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;

/** Where jobs, keys and schedules are kept, with its schema up to date. Blocking; thread-safe. */
public final class Database implements AutoCloseable {
  private static final int CONNECTIONS = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final HikariDataSource source;
  private final Jdbi jdbi;
  private final boolean alone;

  private Database(HikariDataSource source, boolean alone) {
    this.source = source;
    this.alone = alone;
    this.jdbi = Jdbi.create(source);
  }

  /**
   * Connects, and brings the schema up to date.
   *
   * @throws RuntimeException of the driver, the pool or Flyway if it cannot be reached or used
   */
  public static Database open(DatabaseSettings settings) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(settings.url());
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setPoolName("sluice");
    config.setMaximumPoolSize(CONNECTIONS);
    config.setConnectionTimeout(PATIENCE.toMillis());
    HikariDataSource source = new HikariDataSource(config);
    boolean ready = false;
    try {
      Flyway.configure()
          .dataSource(source)
          .locations("classpath:io/sluice/job/schema")
          .table("sluice_schema")
          .load()
          .migrate();
      ready = true;
      return new Database(source, settings.url().startsWith("jdbc:h2:"));
    } finally {
      if (!ready) {
        source.close();
      }
    }
  }

  Jdbi jdbi() {
    return jdbi;
  }

  DataSource source() {
    return source;
  }

  /** True if no other process can use it at the same time. */
  public boolean alone() {
    return alone;
  }

  /**
   * Waits until all that was committed is on the disk. The embedded database does that by itself
   * half a second later, which is too late for what a crash must not bring back.
   */
  void sync() {
    if (alone) {
      jdbi.useHandle(handle -> handle.execute("checkpoint sync"));
    }
  }

  /** Lets every task be run anew that somebody had begun to run. */
  void freeTasks() {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update scheduled_tasks set picked = false, picked_by = null, last_heartbeat ="
                    + " null where picked"));
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

  @Override
  public void close() {
    source.close();
  }
}
