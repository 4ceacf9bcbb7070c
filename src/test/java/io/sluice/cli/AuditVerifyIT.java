package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.SluiceProcess.Ended;
import io.sluice.job.audit.AuditEvent;
import io.sluice.job.audit.AuditTrail;
import io.sluice.job.store.Database;
import io.sluice.job.store.DatabaseSettings;
import io.sluice.sandbox.Sandbox;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code serve --verify-audit} finds, and what only a digest that is kept elsewhere shows. */
final class AuditVerifyIT {
  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = Sandbox.builder().start();
  private String intact = "";

  @BeforeEach
  void fill() throws Exception {
    assertThat(run("serve", "--data-dir", "data", "--new-key", "anna").exit()).isZero();
    try (Database database = open()) {
      AuditTrail trail = new AuditTrail(database, Clock.systemUTC());
      long made = trail.check().entries();
      for (long i = made; i < 7; i++) {
        trail.add(new AuditEvent("anna", "127.0.0.1", "key.make", "key " + i, "", "", "201"));
      }
      intact = trail.check().last();
    }
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private Database open() {
    return Database.open(DatabaseSettings.embedded(directory.resolve("data")));
  }

  private void tamper(String... statements) {
    try (Database database = open()) {
      for (String statement : statements) {
        database.jdbi().useHandle(handle -> handle.execute(statement));
      }
      database.sync();
    }
  }

  private Ended run(String... words) throws Exception {
    return new SluiceProcess(directory).against(sandbox).withoutInput().quick().run(words);
  }

  private Ended verify(String... more) throws Exception {
    String[] all = {"serve", "--verify-audit", "--data-dir", "data"};
    String[] words = java.util.Arrays.copyOf(all, all.length + more.length);
    System.arraycopy(more, 0, words, all.length, more.length);
    return run(words);
  }

  @Test
  void anIntactTrailEndsWithZeroAndSaysHowManyEntriesItHas() throws Exception {
    Ended text = verify();
    assertThat(text.exit()).describedAs(text.err()).isZero();
    assertThat(text.out()).contains("7 entries of the audit trail").contains(intact);

    JsonNode json = JsonMapper.shared().readTree(verify("--json").out());
    assertThat(json.path("exit").asInt(-1)).isZero();
    assertThat(json.path("entries").asInt(-1)).isEqualTo(7);
    assertThat(json.path("last").asString("")).isEqualTo(intact);
    assertThat(json.path("faults")).isEmpty();
  }

  @Test
  void aChangedEntryIsNamed() throws Exception {
    tamper("update audit set actor = 'bob' where number = 3");

    Ended ended = verify();

    assertThat(ended.exit()).isEqualTo(9);
    assertThat(ended.err()).contains("audit trail: entry 3 was changed");
  }

  @Test
  void anEntryThatWasRemovedFromTheMiddleIsNamed() throws Exception {
    tamper("delete from audit where number = 4");

    Ended ended = verify("--json");

    assertThat(ended.exit()).isEqualTo(9);
    JsonNode json = JsonMapper.shared().readTree(ended.out());
    assertThat(json.path("exit").asInt(-1)).isEqualTo(9);
    assertThat(json.path("faults").toString()).contains("entries 4 to 4 are missing");
  }

  @Test
  void anEndThatWasCutOffIsFound() throws Exception {
    tamper("delete from audit where number > 5");

    Ended ended = verify();

    assertThat(ended.exit()).isEqualTo(9);
    assertThat(ended.err()).contains("the end is missing: the last entry is 5, and was 7");
  }

  @Test
  void anEndThatWasCutOffTogetherWithItsNoteShowsInTheDigestAlone() throws Exception {
    tamper(
        "delete from audit where number > 5",
        "update audit_chain set number = 5, digest = (select digest from audit where number = 5)");

    Ended ended = verify();

    assertThat(ended.exit()).isZero();
    assertThat(ended.out()).contains("5 entries of the audit trail").doesNotContain(intact);
    assertThat(run("serve", "--help").out().replaceAll("\\s+", " "))
        .contains("keep the last SHA-256 elsewhere");
  }
}
