package io.sluice.job.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.disk.PrivateFiles;
import io.sluice.job.Backup;
import io.sluice.job.Job;
import io.sluice.job.JobFilter;
import io.sluice.job.JobFilter.Result;
import io.sluice.job.JobKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is asked every few seconds reads as much as it answers, however many jobs there are. */
final class JobQueriesTest {
  private static final Instant FIRST = Instant.parse("2026-11-01T00:00:00Z");
  private static final int JOBS = 900;

  /** Of each hundred jobs, one is a backup of "rare", the only one that is no import. */
  private static final int BACKUP_EVERY = 100;

  private static final Instant LAST = FIRST.plusSeconds(JOBS);
  private static final int LIMIT = 20;
  private static final Pattern SCANNED = Pattern.compile("scanCount: ([0-9]+)");

  @TempDir private Path directory = Path.of("");
  private @Nullable Database opened;

  @BeforeEach
  void fill() throws IOException {
    PrivateFiles.createDirectories(directory);
    opened = Database.open(DatabaseSettings.embedded(directory));
    for (int i = 0; i < JOBS; i++) {
      boolean backup = i % BACKUP_EVERY == 0;
      add(
          i,
          backup ? "export" : "import",
          backup ? "rare" : "often",
          i == JOBS - 1 ? "running" : "finished",
          i % 150 == 1 ? 3 : 0);
    }
  }

  @AfterEach
  void close() {
    database().close();
  }

  @Test
  void theLastBackupsAreFoundAmongExportsAlone() {
    List<Backup> backups = new JobQueries(database()).backups(LAST);
    assertThat(backups)
        .singleElement()
        .satisfies(
            backup -> {
              assertThat(backup.profile()).isEqualTo("rare");
              assertThat(backup.endedAt()).isEqualTo(FIRST.plusSeconds(JOBS - BACKUP_EVERY));
            });
    assertThat(scanned(JobQueries.LATEST_BACKUPS, new JobFilter(null, null, null, null, LIMIT)))
        .isLessThan(2 * JOBS / BACKUP_EVERY + LIMIT);
  }

  @Test
  void aBackupOfAClockThatWasAheadHidesNoOther() {
    int ahead = 400 * 86_400;
    add(ahead, "export", "rare", "finished", 0);
    assertThat(new JobQueries(database()).backups(LAST))
        .extracting(Backup::endedAt)
        .containsExactly(FIRST.plusSeconds(JOBS - BACKUP_EVERY));
  }

  /** What ended in trouble is looked for among all, latest first. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TROUBLE")
  void aListOfAResultReadsWhatItAnswers(Result result) {
    assertReadsWhatItAnswers(new JobFilter(null, null, result, null, LIMIT));
  }

  @ParameterizedTest
  @EnumSource
  void aListOfAKindReadsWhatItAnswers(JobKind kind) {
    assertReadsWhatItAnswers(new JobFilter(null, kind, null, null, LIMIT));
  }

  @Test
  void listsOfAnAccountAndFurtherPagesReadWhatTheyAnswer() {
    assertReadsWhatItAnswers(new JobFilter(null, null, null, null, LIMIT));
    assertReadsWhatItAnswers(new JobFilter("often", null, null, null, LIMIT));
    assertReadsWhatItAnswers(new JobFilter("often", JobKind.IMPORT, Result.WELL, null, LIMIT));
    assertReadsWhatItAnswers(new JobFilter(null, JobKind.IMPORT, null, id(500), LIMIT));
    assertReadsWhatItAnswers(new JobFilter("often", null, null, id(500), LIMIT));
    assertReadsWhatItAnswers(new JobFilter(null, null, Result.WELL, id(500), LIMIT));
  }

  private void assertReadsWhatItAnswers(JobFilter filter) {
    List<Job> jobs = new JobQueries(database()).list(filter);
    assertThat(jobs).extracting(Job::id).isSortedAccordingTo((one, other) -> other.compareTo(one));
    assertThat(scanned(JobQueries.listing(filter), filter))
        .describedAs("%s", filter)
        .isLessThan(3 * LIMIT);
  }

  /** How many rows H2 looked at. */
  private long scanned(String sql, JobFilter filter) {
    return database()
        .jdbi()
        .withHandle(
            handle -> {
              Query query = handle.createQuery("explain analyze " + sql);
              query.bind("soon", JobStore.time(LAST));
              query.bind("narrowed", JobQueries.NARROWED).bind("limit", filter.limit());
              query.bind("kind", filter.kind() == null ? null : filter.kind().label());
              query.bind("account", filter.account()).bind("before", filter.before());
              String plan = query.mapTo(String.class).one();
              return SCANNED
                  .matcher(plan)
                  .results()
                  .map(MatchResult::group)
                  .mapToLong(found -> Long.parseLong(found.replaceAll("\\D", "")))
                  .sum();
            });
  }

  private void add(int number, String kind, String profile, String state, int exit) {
    Instant at = FIRST.plusSeconds(number);
    String spec =
        kind.equals("export")
            ? "{\"kind\":\"export\",\"profile\":\"rare\",\"resources\":[\"block-senders\"]}"
            : "{\"kind\":\"import\",\"profile\":\"often\",\"resource\":\"block-senders\","
                + "\"upload\":\"u\"}";
    database()
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        "insert into job (id, kind, profile, account, resources, dry_run, spec,"
                            + " state, made_by, made_at, exit_code, ended_at, summary) values (:id,"
                            + " :kind, :profile, :profile, 'block-senders', false, :spec, :state,"
                            + " 'anna', :at, :exit, :ended, '{}')")
                    .bind("id", id(number))
                    .bind("kind", kind)
                    .bind("profile", profile)
                    .bind("spec", spec)
                    .bind("state", state)
                    .bind("at", JobStore.time(at))
                    .bind("exit", state.equals("finished") ? exit : null)
                    .bind("ended", state.equals("finished") ? JobStore.time(at) : null)
                    .execute());
  }

  private static String id(int number) {
    return "2026-11-01T000000Z-" + (100_000 + number);
  }

  private Database database() {
    if (opened == null) {
      throw new IllegalStateException("not opened");
    }
    return opened;
  }
}
