package io.sluice.job.store;

import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.h2.mvstore.MVStoreException;

/**
 * Tells a database that is away for now from a defect. States are those of the SQL standard and of
 * PostgreSQL's documentation, "PostgreSQL Error Codes"; numbers are H2's.
 */
final class DatabaseErrors {
  /** No way to the server, or none that it can serve: every connection is worthless. */
  private static final Set<String> LOST =
      Set.of(
          // The server is shut down, has crashed, starts up, or ends idle sessions.
          "57P01",
          "57P02",
          "57P03",
          "57P05",
          // Too many connections; a standby, which takes no writes.
          "53300",
          "25006");

  /** H2 is closed, was closed while it worked, or cannot read or write its file. */
  private static final Set<Integer> H2_LOST = Set.of(90_098, 90_121, 90_028, 90_031, 90_067);

  /** Asked again, the same statement may do: cancelled, locked, out of a resource. */
  private static final Set<String> PASSING =
      Set.of("57014", "55P03", "58030", "HYT00", "HYT01", "90098");

  private DatabaseErrors() {}

  /** True if what was asked of the database may be asked again, as nothing is wrong with it. */
  static boolean away(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof PoolInitializationException
          || (cause instanceof SQLException sql && (lost(sql) || passing(sql)))) {
        return true;
      }
    }
    return false;
  }

  /** True if no connection that there is can be used any more. */
  static boolean lost(SQLException error) {
    String state = error.getSQLState() == null ? "" : error.getSQLState();
    return state.startsWith("08")
        || LOST.contains(state)
        || H2_LOST.contains(error.getErrorCode())
        || brokenFile(error);
  }

  private static boolean passing(SQLException error) {
    String state = error.getSQLState();
    return error instanceof SQLTransientException
        || error instanceof SQLRecoverableException
        || (state == null
            ? "Connection is closed".equals(error.getMessage())
            : state.startsWith("53") || state.startsWith("40") || PASSING.contains(state));
  }

  /** H2 gives up its file when a write fails, on a full disk above all. */
  private static boolean brokenFile(SQLException error) {
    for (Throwable cause = error.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof MVStoreException || cause instanceof IOException) {
        return true;
      }
    }
    return false;
  }
}
