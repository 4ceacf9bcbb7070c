package io.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.disk.PrivateFiles;
import io.sluice.job.keys.ApiKey;
import io.sluice.job.keys.ApiKeys;
import io.sluice.job.keys.ConsoleSessions;
import io.sluice.job.keys.Role;
import io.sluice.job.schedule.Schedule;
import io.sluice.job.schedule.ScheduleStore;
import io.sluice.job.spec.JobSpec;
import io.sluice.job.store.Database;
import io.sluice.job.store.DatabaseSettings;
import io.sluice.job.store.JobStore;
import io.sluice.job.store.RequestKey;
import io.sluice.job.store.RequestKeys;
import io.sluice.job.store.StoredJson;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database of an earlier version, brought up to date with all that is in it. */
final class SchemaTest {
  private static final Instant NOW = Instant.parse("2026-11-22T02:00:00Z");
  private static final String LONG = "n".repeat(100);

  private static final String OLD_IMPORT =
      "{\"kind\":\"import\",\"profile\":\"one\",\"resource\":\"block-senders\",\"upload\":\"u\","
          + "\"reading\":{\"map\":{\"doing\":\"pattern\"}},"
          + "\"doing\":{\"mode\":\"mirror\",\"max_deletes\":\"3\"}}";
  private static final JobSpec IMPORT =
      StoredJson.MAPPER.readValue(
          OLD_IMPORT.replace("\"doing\":{", "\"options\":{"), JobSpec.class);

  @TempDir private Path directory = Path.of("");

  @Test
  void whatWasKeptIsKeptInTheEmbeddedDatabase() throws IOException {
    PrivateFiles.createDirectories(directory);
    check(DatabaseSettings.embedded(directory));
  }

  @Test
  @Tag("slow")
  void whatWasKeptIsKeptInPostgres() throws IOException {
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.builder().setServerConfig("fsync", "off").start()) {
      check(
          new DatabaseSettings(
              postgres.getJdbcUrl("postgres", "postgres"), "postgres", "postgres"));
    }
  }

  private static void check(DatabaseSettings settings) {
    Flyway.configure()
        .dataSource(settings.url(), settings.user(), settings.password())
        .locations("classpath:io/sluice/job/schema")
        .table("sluice_schema")
        .target("2")
        .load()
        .migrate();
    String first = ApiKeys.random();
    String second = ApiKeys.random();
    fill(Jdbi.create(settings.url(), settings.user(), settings.password()), first, second);

    try (Database database = Database.open(settings)) {
      ApiKeys keys = new ApiKeys(database);
      ApiKey ci = keys.find(first, NOW).orElseThrow();
      ApiKey anna = keys.find(second, NOW).orElseThrow();
      assertThat(ci.name()).isEqualTo("ci");
      assertThat(ci.id()).isPositive().isNotEqualTo(anna.id());
      ApiKey later = keys.find(keys.make("later", Role.VIEWER, NOW), NOW).orElseThrow();
      assertThat(later.id()).isNotIn(ci.id(), anna.id());

      ConsoleSessions sessions = new ConsoleSessions(database);
      sessions.begin("token", ci, NOW);
      assertThat(sessions.use("token", NOW)).contains(ci);

      Schedule old = new ScheduleStore(database).get("s").orElseThrow();
      assertThat(old.name()).isEqualTo(LONG);
      assertThat(old.plannedAt()).isEqualTo(NOW);
      assertThat(old.failure()).isNull();

      Job job = new JobStore(database).get("j").orElseThrow();
      assertThat(job.request()).isEqualTo(ControlRequest.PAUSE);
      assertThat(job.spec()).isEqualTo(IMPORT);
      assertThat(new ScheduleStore(database).get("i").orElseThrow().job()).isEqualTo(IMPORT);

      RequestKeys requests = new RequestKeys(database, Clock.systemUTC());
      for (String target : new String[] {"POST /v1/jobs", "POST /v1/imports"}) {
        RequestKey key = new RequestKey("key " + ci.id(), target, "once", "digest");
        Made<String> made = requests.once(key, Optional::of, note -> "another");
        assertThat(made).isEqualTo(new Made<>("job", true));
      }
    }
  }

  private static void fill(Jdbi jdbi, String first, String second) {
    jdbi.useHandle(
        handle -> {
          for (String[] key : new String[][] {{"ci", first}, {"anna", second}}) {
            handle
                .createUpdate(
                    "insert into api_key (name, role, hash, made_at) values (:name, 'operator',"
                        + " :hash, :now)")
                .bind("name", key[0])
                .bind("hash", ApiKeys.hash(key[1]))
                .bind("now", JobStore.time(NOW))
                .execute();
          }
          handle
              .createUpdate(
                  "insert into request_key (caller, request, digest, made, at) values ('ci', 'once',"
                      + " 'digest', 'job', :now)")
              .bind("now", JobStore.time(NOW))
              .execute();
          schedule(handle, "s", LONG, "{\"kind\":\"export\",\"profile\":\"one\",\"gzip\":false}");
          schedule(handle, "i", "import", OLD_IMPORT);
          handle
              .createUpdate(
                  "insert into job (id, kind, profile, account, resources, dry_run, spec, state, wish,"
                      + " made_by, made_at) values ('j', 'import', 'one', 'a', 'block-senders',"
                      + " false, :spec, 'running', 'pause', 'ci', :now)")
              .bind("spec", OLD_IMPORT)
              .bind("now", JobStore.time(NOW))
              .execute();
        });
  }

  private static void schedule(Handle handle, String id, String name, String spec) {
    handle
        .createUpdate(
            "insert into schedule (id, name, spec, cron, zone, made_by, made_at) values (:id,"
                + " :name, :spec, '0 2 * * *', 'UTC', 'ci', :now)")
        .bind("id", id)
        .bind("name", name)
        .bind("spec", spec)
        .bind("now", JobStore.time(NOW))
        .execute();
  }
}
