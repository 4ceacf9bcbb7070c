package io.sluice.job.store;

import io.sluice.config.UsageException;
import io.sluice.format.text.ShellWord;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a database: brought up to date, and not used if a newer Sluice has updated them.
 * Blocking.
 */
final class Schema {
  private final DatabaseSettings settings;
  private final Flyway flyway;
  private final Optional<DatabaseCopy> copy;

  /** The tables of that database. */
  Schema(DatabaseSettings settings) {
    this.settings = settings;
    // Apart from the pool: a change of the schema may take longer than any answer.
    this.flyway =
        Flyway.configure()
            .dataSource(settings.url(), settings.user(), settings.password())
            .locations("classpath:io/sluice/job/schema")
            .javaMigrations(new V12__SpecOptions())
            .table("sluice_schema")
            .load();
    this.copy = Optional.ofNullable(settings.directory()).map(DatabaseCopy::new);
  }

  /**
   * Updates the tables. An embedded database, which cannot take back an update that ends half-way,
   * is copied before.
   *
   * @throws UsageException if a newer Sluice has updated them, an update has ended half-way, or
   *     they are to be made where a database was lost
   */
  void update() throws IOException {
    MigrationInfoService info = flyway.info();
    requireKnown(info);
    MigrationInfo current = info.current();
    if (current == null && settings.directory() != null) {
      DataDirectory.requireUnused(settings.directory());
    }
    if (copy.isEmpty() || current == null) {
      flyway.migrate();
      return;
    }
    if (info.pending().length > 0) {
      copy.get().make(settings, number(current));
    }
    try {
      flyway.migrate();
    } catch (RuntimeException failed) {
      throw halfWay(": " + String.valueOf(failed.getMessage()).lines().findFirst().orElse(""));
    }
    copy.get().keep();
  }

  private void requireKnown(MigrationInfoService info) {
    for (MigrationInfo applied : info.applied()) {
      switch (applied.getState()) {
        case FUTURE_SUCCESS, FUTURE_FAILED -> throw newer(info);
        case FAILED -> throw halfWay("");
        default -> {}
      }
    }
  }

  private UsageException newer(MigrationInfoService info) {
    int there = newest(Stream.of(info.applied()));
    int known = newest(Arrays.stream(info.all()).filter(Schema::isOwn));
    String back =
        copy.flatMap(made -> made.upTo(known))
            .map(
                file ->
                    ", or go back to the copy from before that update, without what was done since: "
                        + DatabaseCopy.unpacking(file))
            .orElse("");
    return new UsageException(
        "a newer Sluice has updated the database: its schema is "
            + there
            + ", and this version knows "
            + known,
        "use the newer version" + back);
  }

  private UsageException halfWay(String reason) {
    return new UsageException(
        "an update of the database has ended half-way" + reason,
        copy.flatMap(DatabaseCopy::unfinished)
            .map(
                file ->
                    "see to it that the disk has room, put back the copy from before the update, and"
                        + " start again: "
                        + DatabaseCopy.unpacking(file)
                        + " && rm "
                        + ShellWord.of(file.toString()))
            .orElse("put back a copy from before the update, and start again"));
  }

  private static boolean isOwn(MigrationInfo migration) {
    return migration.getState() != MigrationState.FUTURE_SUCCESS
        && migration.getState() != MigrationState.FUTURE_FAILED;
  }

  private static int newest(Stream<MigrationInfo> migrations) {
    return migrations.mapToInt(Schema::number).max().orElse(0);
  }

  private static int number(@Nullable MigrationInfo migration) {
    return migration == null || migration.getVersion() == null
        ? 0
        : Integer.parseInt(migration.getVersion().getVersion());
  }
}
