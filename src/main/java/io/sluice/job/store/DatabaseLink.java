package io.sluice.job.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to the database. When the database goes away, its connections are given up at once and
 * whoever asks for one hears of it without waiting; a thread of its own tries until the database is
 * back. One line of the log tells of the one, one of the other. Blocking; thread-safe.
 */
final class DatabaseLink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseLink.class);
  private static final int CONNECTIONS = 10;
  private static final Duration SOON = Duration.ofMillis(250);
  private static final Duration SELDOM = Duration.ofSeconds(2);

  private final DatabaseSettings settings;
  private final List<Runnable> whenBack = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService repair =
      Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "sluice-database"));
  private HikariDataSource pool;
  private int generation;
  private @Nullable Long lostAt;
  private boolean patient = true;
  private boolean closed;

  /**
   * Connects.
   *
   * @throws RuntimeException of the pool if the database cannot be reached
   */
  DatabaseLink(DatabaseSettings settings) {
    this.settings = settings;
    this.pool = pool(0);
  }

  /** Connections for those who can ask again: while the database is away, they fail at once. */
  ConnectionSource prompt() {
    return new ConnectionSource(this::connection);
  }

  /** Connections for those who have nothing else to do: they come when the database is back. */
  ConnectionSource patient() {
    return new ConnectionSource(this::awaitedConnection);
  }

  /** Has something done each time that the database is back. It must not fail. */
  void whenBack(Runnable task) {
    whenBack.add(task);
  }

  /** How long the database has been away; empty if it is not. */
  synchronized Optional<Duration> away() {
    return Optional.ofNullable(lostAt).map(at -> Duration.ofNanos(System.nanoTime() - at));
  }

  /**
   * Waits a moment, and as long as the database is away.
   *
   * @return false if it is not worth asking again, as this process ends
   */
  synchronized boolean awaitBack() {
    try {
      long until = System.nanoTime() + SOON.toNanos();
      while (patient && !closed && (lostAt != null || System.nanoTime() < until)) {
        wait(SOON.toMillis());
      }
      return patient && !closed;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Ends all waiting for the database, as this process ends. */
  synchronized void stopWaiting() {
    patient = false;
    notifyAll();
  }

  private Connection connection() throws SQLException {
    HikariDataSource now;
    int of;
    synchronized (this) {
      if (closed || lostAt != null) {
        throw away(null);
      }
      now = pool;
      of = generation;
    }
    try {
      return now.getConnection();
    } catch (SQLException failed) {
      if (DatabaseErrors.lost(failed)) {
        lost(of, failed);
      }
      throw now.isClosed() ? away(failed) : failed;
    }
  }

  private Connection awaitedConnection() throws SQLException {
    while (true) {
      try {
        return connection();
      } catch (SQLException failed) {
        if (!DatabaseErrors.away(failed) || !awaitBack()) {
          throw failed;
        }
      }
    }
  }

  private static SQLException away(@Nullable SQLException cause) {
    return new SQLTransientConnectionException("the database is away", "08006", cause);
  }

  private synchronized void lost(int of, SQLException cause) {
    if (of == generation && lostAt == null && !closed) {
      lostAt = System.nanoTime();
      generation++;
      LOG.warn(
          "the database is away; what needs it waits until it is back: {}",
          String.valueOf(cause.getMessage()).lines().findFirst().orElse(""));
      repair.execute(this::giveUp);
    }
  }

  /** Ends what hangs on the connections that there are. H2's file is free only after that. */
  private void giveUp() {
    HikariDataSource old;
    synchronized (this) {
      old = pool;
    }
    if (settings.directory() == null) {
      daemon(old::close, "sluice-database-closing").start();
    } else {
      old.close();
    }
    reconnect();
  }

  private void reconnect() {
    int of;
    synchronized (this) {
      of = generation;
    }
    HikariDataSource fresh;
    try {
      settings.requireRoom();
      fresh = pool(of);
    } catch (IOException | RuntimeException stillAway) {
      again();
      return;
    }
    if (writable(fresh)) {
      back(fresh);
    } else {
      fresh.close();
      again();
    }
  }

  private synchronized void again() {
    if (!closed) {
      long lost = away().orElse(Duration.ZERO).toMillis();
      long pause = Math.max(SOON.toMillis(), Math.min(SELDOM.toMillis(), lost / 10));
      Future<?> unused = repair.schedule(this::reconnect, pause, TimeUnit.MILLISECONDS);
    }
  }

  private void back(HikariDataSource fresh) {
    synchronized (this) {
      if (closed) {
        fresh.close();
        return;
      }
      LOG.info("the database is back after {} s", away().orElse(Duration.ZERO).toSeconds());
      pool = fresh;
      lostAt = null;
      notifyAll();
    }
    whenBack.forEach(Runnable::run);
  }

  /**
   * After a failover the old server may still answer, and take no writes. H2 may be held open by a
   * connection that was in use, with a write that could not be done.
   */
  private boolean writable(HikariDataSource fresh) {
    try (Connection connection = fresh.getConnection();
        Statement statement = connection.createStatement()) {
      if (!settings.postgres()) {
        statement.execute("checkpoint sync");
        return true;
      }
      try (ResultSet answer = statement.executeQuery("show transaction_read_only")) {
        return answer.next() && "off".equals(answer.getString(1));
      }
    } catch (SQLException stillAway) {
      return false;
    }
  }

  private HikariDataSource pool(int of) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(settings.url());
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setPoolName("sluice");
    config.setMaximumPoolSize(CONNECTIONS);
    config.setConnectionTimeout(settings.patience().toMillis());
    config.setValidationTimeout(settings.patience().toMillis() / 2);
    if (settings.postgres()) {
      // Of a server that hangs, or a network that drops what is sent, nothing else would be heard.
      String seconds = String.valueOf(settings.patience().toSeconds());
      config.addDataSourceProperty("connectTimeout", seconds);
      config.addDataSourceProperty("socketTimeout", seconds);
      config.addDataSourceProperty("tcpKeepAlive", "true");
    }
    config.setExceptionOverride(
        new SQLExceptionOverride() {
          @java.lang.Override
          public SQLExceptionOverride.Override adjudicate(SQLException error) {
            if (DatabaseErrors.lost(error)) {
              lost(of, error);
            }
            return SQLExceptionOverride.Override.CONTINUE_EVICT;
          }
        });
    return new HikariDataSource(config);
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    HikariDataSource last;
    synchronized (this) {
      closed = true;
      last = pool;
      notifyAll();
    }
    repair.shutdownNow();
    last.close();
  }
}
