package io.sluice.job;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which database to use.
 *
 * @param url a JDBC URL of PostgreSQL or H2, without a password
 */
public record DatabaseSettings(String url, @Nullable String user, @Nullable String password) {

  /** H2 inside this process, in files of that directory; no other process can use it meanwhile. */
  public static DatabaseSettings embedded(Path directory) {
    Path file = directory.toAbsolutePath().normalize().resolve("jobs");
    return new DatabaseSettings("jdbc:h2:file:" + file + ";DB_CLOSE_ON_EXIT=FALSE", "sluice", "");
  }

  /** Keeps the password to itself. */
  @Override
  public String toString() {
    return url;
  }
}
