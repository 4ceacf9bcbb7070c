package io.sluice.job.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.UsageException;
import io.sluice.disk.PrivateFiles;
import io.sluice.format.text.ShellWord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.ZipFile;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded database of another version, and updates of it that do not end. */
final class SchemaUpdateTest {
  @TempDir private Path directory = Path.of("");
  private DatabaseSettings settings = new DatabaseSettings("", null, null);

  @BeforeEach
  void settings() {
    settings = DatabaseSettings.embedded(directory.resolve("it's data"));
  }

  @Test
  void aDatabaseOfANewerVersionIsRefused() {
    Database.open(settings).close();
    record(900);

    assertThatThrownBy(() -> Database.open(settings))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("a newer Sluice has updated the database: its schema is 900");
  }

  @Test
  void theRefusalNamesTheCopyFromBeforeTheUpdate() throws IOException {
    old("20");
    Database.open(settings).close();
    record(900);

    assertThatThrownBy(() -> Database.open(settings))
        .isInstanceOfSatisfying(
            UsageException.class,
            refused ->
                assertThat(refused.hint()).contains("unzip -o " + word("jobs.schema-20.zip")));
  }

  @Test
  void anUpdateKeepsAPrivateCopyFromBeforeAndNoOlderOne() throws IOException {
    old("19");
    Database.open(settings).close();
    sql("delete from \"sluice_schema\" where \"version\" = '21'");
    sql("drop index job_of_kind");

    Database.open(settings).close();

    Path copy = file("jobs.schema-20.zip");
    assertThat(file("jobs.schema-19.zip")).doesNotExist();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
        .isEqualTo("rw-------");
    try (ZipFile zip = new ZipFile(copy.toFile())) {
      assertThat(zip.getEntry("jobs.mv.db")).isNotNull();
    }
  }

  @Test
  void anUpdateThatEndsHalfWayNamesTheCopyAndKeepsIt() throws IOException {
    old("20");
    // As a process that was killed leaves it: done, and not recorded.
    sql("create index job_of_kind on job (kind, id)");

    assertThatThrownBy(() -> Database.open(settings)).satisfies(this::namesTheCopy);
    byte[] copy = Files.readAllBytes(file("jobs.updating-20.zip"));
    assertThatThrownBy(() -> Database.open(settings)).satisfies(this::namesTheCopy);
    assertThat(Files.readAllBytes(file("jobs.updating-20.zip"))).isEqualTo(copy);
  }

  @Test
  void anUpdateOfSeveralStepsGoesOnWithTheCopyFromBeforeTheFirst() throws IOException {
    old("19");
    sql("create index job_of_kind on job (kind, id)");
    assertThatThrownBy(() -> Database.open(settings))
        .hasMessageContaining("ended half-way")
        .extracting(error -> ((UsageException) error).hint())
        .asString()
        .contains("jobs.updating-19.zip");
    // As if the process had been killed: nothing is recorded of the step that was under way.
    sql("delete from \"sluice_schema\" where \"version\" = '21'");
    sql("drop index job_of_kind");
    byte[] copy = Files.readAllBytes(file("jobs.updating-19.zip"));

    Database.open(settings).close();

    assertThat(Files.readAllBytes(file("jobs.schema-19.zip"))).isEqualTo(copy);
    assertThat(file("jobs.updating-19.zip")).doesNotExist();
    assertThat(file("jobs.schema-20.zip")).doesNotExist();
  }

  @Test
  void theCopyOfAProcessThatDiedAfterTheUpdateIsKeptAtTheNextStart() throws IOException {
    old("20");
    Database.open(settings).close();
    Files.move(file("jobs.schema-20.zip"), file("jobs.updating-20.zip"));

    Database.open(settings).close();

    assertThat(file("jobs.schema-20.zip")).exists();
    assertThat(file("jobs.updating-20.zip")).doesNotExist();
  }

  private void namesTheCopy(Throwable error) {
    assertThat(error)
        .isInstanceOfSatisfying(
            UsageException.class,
            refused -> {
              assertThat(refused).hasMessageContaining("ended half-way");
              assertThat(refused.hint()).contains("unzip -o " + word("jobs.updating-20.zip"));
            });
  }

  private String word(String name) {
    return ShellWord.of(file(name).toString());
  }

  private Path file(String name) {
    return directory.resolve("it's data").resolve(name);
  }

  private void old(String version) throws IOException {
    PrivateFiles.createDirectories(directory.resolve("it's data"));
    Flyway.configure()
        .dataSource(settings.url(), settings.user(), settings.password())
        .locations("classpath:io/sluice/job/schema")
        .javaMigrations(new V12__SpecOptions())
        .table("sluice_schema")
        .target(version)
        .load()
        .migrate();
  }

  private void record(int version) {
    sql(
        "insert into \"sluice_schema\" values ("
            + version
            + ", '"
            + version
            + "', 'future', 'SQL', 'V.sql', 1, 'x', current_timestamp, 1, true)");
  }

  private void sql(String statement) {
    Jdbi.create(settings.url(), settings.user(), settings.password())
        .useHandle(handle -> handle.execute(statement));
  }
}
