package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.SluiceProcess.Ended;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit trail on PostgreSQL is checked while services use it. */
final class AuditVerifyPostgresIT {
  @TempDir private Path directory = Path.of("");
  private EmbeddedPostgres postgres;

  @BeforeEach
  void start() throws IOException {
    postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
  }

  @AfterEach
  void stop() throws IOException {
    postgres.close();
  }

  @Test
  void itIsCheckedBesideAServiceAndAChangedEntryIsNamed() throws Exception {
    assertThat(run("serve", "--new-key", "anna").exit()).isZero();
    try (ServiceProcess service = ServiceProcess.start(sluice(), database())) {
      assertThat(run("serve", "--new-key", "bob").exit()).isZero();
      Ended intact = run("serve", "--verify-audit");
      assertThat(intact.exit()).describedAs(intact.err()).isZero();
      assertThat(intact.out()).contains("entries of the audit trail");

      Jdbi jdbi = Jdbi.create(postgres.getPostgresDatabase());
      jdbi.useHandle(handle -> handle.execute("update audit set actor = 'eve' where number = 1"));

      Ended changed = run("serve", "--verify-audit");
      assertThat(changed.exit()).isEqualTo(9);
      assertThat(changed.err()).contains("audit trail: entry 1 was changed");
      assertThat(service.process().isAlive()).isTrue();
    }
  }

  private Ended run(String... words) throws Exception {
    String[] database = database();
    String[] all = java.util.Arrays.copyOf(words, words.length + database.length);
    System.arraycopy(database, 0, all, words.length, database.length);
    return sluice().withoutInput().quick().run(all);
  }

  private SluiceProcess sluice() {
    return new SluiceProcess(directory).with("SLUICE_DB_PASSWORD", "postgres");
  }

  private String[] database() {
    return new String[] {
      "--data-dir",
      "data",
      "--db-url",
      postgres.getJdbcUrl("postgres", "postgres"),
      "--db-user",
      "postgres"
    };
  }
}
