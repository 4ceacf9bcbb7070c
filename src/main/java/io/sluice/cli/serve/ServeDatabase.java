package io.sluice.cli.serve;

import io.sluice.cli.option.JdbcUrl;
import io.sluice.cli.option.ServeOptions;
import io.sluice.config.Environment;
import io.sluice.config.SecretSource;
import io.sluice.config.UsageException;
import io.sluice.disk.PrivateFiles;
import io.sluice.job.store.DataDirectory;
import io.sluice.job.store.Database;
import io.sluice.job.store.DatabaseSettings;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the service keeps its data, and how its database is opened. */
public final class ServeDatabase {
  private static final Logger LOG = LoggerFactory.getLogger(ServeDatabase.class);
  private static final String PASSWORD = "SLUICE_DB_PASSWORD";

  private final ServeOptions options;
  private final Environment environment;

  public ServeDatabase(ServeOptions options, Environment environment) {
    this.options = options;
    this.environment = environment;
  }

  /** The directory of all data. */
  Path directory() {
    if (options.dataDir.isGiven()) {
      return options.dataDir.get();
    }
    String data = environment.get("XDG_DATA_HOME");
    Path base = data != null ? Path.of(data) : Path.of(environment.home(), ".local/share");
    return base.resolve("sluice");
  }

  /** True if it is in files of the data directory, which one process at a time can open. */
  boolean embedded() {
    return !options.dbUrl.isGiven();
  }

  /**
   * Opens the database.
   *
   * @throws UsageException if it cannot be used
   */
  Database open() throws IOException {
    return open("stop it first, or give another directory with --data-dir");
  }

  /**
   * Opens the database.
   *
   * @param whenInUse what to do if another process has opened it
   * @throws UsageException if it cannot be used
   */
  Database open(String whenInUse) throws IOException {
    DatabaseSettings settings = settings().withTakeOver(options.takeOver.get());
    Path directory = directory();
    makeDirectory(directory);
    if (PrivateFiles.restrict(directory)) {
      LOG.warn(
          "the data directory {} was open to other users; it is closed to them now", directory);
    }
    if (embedded()) {
      DataDirectory.requireOwn(directory);
    }
    try {
      return Database.open(settings);
    } catch (UsageException refused) {
      throw refused;
    } catch (RuntimeException unusable) {
      throw unusable(unusable, whenInUse);
    }
  }

  /** A directory that nobody named may not be possible where the user has no home. */
  private void makeDirectory(Path directory) throws IOException {
    try {
      PrivateFiles.createDirectories(directory);
    } catch (IOException failed) {
      boolean denied = failed instanceof AccessDeniedException || leadsThroughAFile(directory);
      if (options.dataDir.isGiven() || !denied) {
        throw failed;
      }
      throw new UsageException(
          "the data directory " + directory + " cannot be made",
          "give one that this user may write with --data-dir");
    }
  }

  private static boolean leadsThroughAFile(Path directory) {
    return Stream.iterate(directory, Objects::nonNull, Path::getParent)
        .anyMatch(Files::isRegularFile);
  }

  /**
   * Checks that a service has been here: a new database would hold nothing that could be checked.
   *
   * @throws UsageException if none has
   */
  void requireThere() {
    if (embedded() && !DatabaseSettings.isIn(directory())) {
      throw new UsageException(
          "there is no database of a service in " + directory(),
          "name the service's --data-dir, or its --db-url");
    }
  }

  private DatabaseSettings settings() {
    if (!options.dbUrl.isGiven()) {
      requireName(directory());
      return DatabaseSettings.embedded(directory());
    }
    if (!options.dbUrl.get().startsWith("jdbc:postgresql:")) {
      throw new UsageException(
          "--db-url is not a JDBC URL of PostgreSQL",
          "give one such as jdbc:postgresql://db.example.com/sluice, or none: then the database is in"
              + " files of --data-dir, which nobody else can read");
    }
    if (JdbcUrl.holdsSecret(options.dbUrl.get())) {
      throw new UsageException(
          "--db-url holds a password or a user's name, and process lists show options",
          "give --db-user NAME, and set " + PASSWORD + " or give --db-password-file FILE");
    }
    return new DatabaseSettings(options.dbUrl.get(), options.dbUser.orNull(), password());
  }

  /** To the embedded database, what follows a semicolon are settings, and statements of SQL. */
  private static void requireName(Path directory) {
    if (directory.toString().indexOf(';') >= 0) {
      throw new UsageException(
          "the embedded database cannot be in " + directory + ": the name holds a semicolon",
          "give a directory without one with --data-dir");
    }
  }

  private @Nullable String password() {
    return options.dbPasswordFile.isGiven()
        ? SecretSource.readPassword(
            "the database's password", options.dbPasswordFile.get().toString())
        : environment.get(PASSWORD);
  }

  private UsageException unusable(RuntimeException error, String whenInUse) {
    String text = causes(error);
    if (!options.dbUrl.isGiven() && text.contains("may be already in use")) {
      return new UsageException(directory() + " is in use by another 'sluice serve'", whenInUse);
    }
    return new UsageException(
        "the database cannot be used: " + last(error),
        !options.dbUrl.isGiven()
            ? damaged(text)
            : "are --db-url, --db-user and the password right?");
  }

  private static @Nullable String damaged(String text) {
    return text.contains("corrupted")
        ? "put back a copy of the file jobs.mv.db; or move it and the directories jobs and uploads"
            + " away, and start again: snapshots stay, and new keys, jobs and schedules begin"
        : null;
  }

  private static String causes(Throwable error) {
    StringBuilder text = new StringBuilder();
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      text.append(cause.getMessage()).append('\n');
    }
    return text.toString();
  }

  private static String last(Throwable error) {
    Throwable last = error;
    while (last.getCause() != null) {
      last = last.getCause();
    }
    return String.valueOf(last.getMessage()).lines().findFirst().orElse("");
  }
}
