package io.sluice.pipeline.imports;

import static io.sluice.pipeline.imports.ImportTest.assertCounts;
import static io.sluice.report.Outcome.CREATED;
import static io.sluice.report.Outcome.DELETED;
import static io.sluice.report.Outcome.SKIPPED;
import static io.sluice.report.Outcome.UNCHANGED;
import static io.sluice.report.Outcome.UPDATED;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.UsageException;
import io.sluice.pipeline.imports.saved.SavedPlan;
import io.sluice.plan.Mode;
import io.sluice.report.ExitCode;
import io.sluice.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.node.ObjectNode;

/** A plan that is saved is what is carried out, or it is not carried out. */
final class SavedPlanTest {
  private static final String LIST = "block_senders";

  @TempDir private Path directory = Path.of("");
  private final Sandbox direct = Sandbox.builder().seed(3).start();
  private final Sandbox planned = Sandbox.builder().seed(3).start();

  @AfterEach
  void stop() {
    direct.close();
    planned.close();
  }

  private ImportRig rig(Sandbox sandbox, String name) {
    return new ImportRig(sandbox, directory.resolve(name));
  }

  private Path plan() {
    return directory.resolve("the.plan");
  }

  /** Twenty domains in both accounts. */
  private void fill() throws IOException {
    Files.createDirectories(directory.resolve("fill-a"));
    Files.createDirectories(directory.resolve("fill-b"));
    rig(direct, "fill-a").csv(Rows.senders(20));
    rig(planned, "fill-b").csv(Rows.senders(20));
  }

  private ImportRig made(Sandbox sandbox, String name) throws IOException {
    Files.createDirectories(directory.resolve(name));
    return rig(sandbox, name);
  }

  private static final String MIXED =
      """
      pattern,pattern_type,is_regex,comments
      host1.example,DOMAIN,false,seen 1
      host2.example,DOMAIN,false,now otherwise: \u4f60\u597d \\ "" ,
      new1.example,DOMAIN,false,first
      refunds@,EMAIL,false,invalid
      new1.example,DOMAIN,false,first
      hxxp://new2[.]example/x,,false,defanged
      198.51.100.7-198.51.100.9,IP,false,several records
      host3.example,DOMAIN,false,other
      """
          .replace("\"\" ,", "");

  @ParameterizedTest
  @CsvSource({
    "UPSERT,ROWS",
    "UPSERT,BATCH",
    "CREATE,AUTO",
    "UPDATE,ROWS",
    "DELETE,ROWS",
    "DELETE,BATCH",
  })
  void applyRightAfterIsTheImport(Mode mode, Strategy strategy) throws IOException {
    fill();
    ImportRig once = made(direct, "once").mode(mode).by(strategy).skipInvalid().normalizing();
    ImportResult imported = once.maxDeletes("50%").csv(MIXED);
    long writes = planned.requestLog().writes();
    ImportRig saving = made(planned, "plan").mode(mode).by(strategy).skipInvalid().normalizing();
    saving.maxDeletes("50%").saving(plan()).csv(MIXED);
    assertThat(planned.requestLog().writes()).isEqualTo(writes);

    ImportRig applying = made(planned, "apply");
    ImportResult applied = applying.apply(plan());

    assertThat(lines(applying.report())).isEqualTo(lines(once.report()));
    assertThat(state(planned)).isEqualTo(state(direct));
    assertThat(applied.summary().exit()).isEqualTo(imported.summary().exit());
    assertThat(applied.summary().counts()).isEqualTo(imported.summary().counts());
    assertThat(planned.requestLog().writes()).isEqualTo(direct.requestLog().writes());
  }

  @Test
  void applyRightAfterAMirrorIsTheMirror() throws IOException {
    fill();
    String rows = Rows.senders(5, 25, i -> i < 8 ? "other" : "seen " + i);
    ImportRig once = made(direct, "once").mode(Mode.MIRROR).maxDeletes("5");
    once.csv(rows);
    made(planned, "plan").mode(Mode.MIRROR).maxDeletes("5").saving(plan()).csv(rows);

    ImportRig applying = made(planned, "apply");
    ImportResult applied = applying.apply(plan());

    assertThat(lines(applying.report())).isEqualTo(lines(once.report()));
    assertThat(state(planned)).isEqualTo(state(direct));
    assertThat(applied.summary().deletes().of(DELETED)).isEqualTo(5);
    assertThat(applied.safety()).isNotNull();
  }

  @Test
  void aRecordThatMovedIsSkippedAndNothingElseIsPlanned() throws IOException {
    fill();
    String rows = Rows.senders(0, 24, i -> i < 6 || i > 19 ? "other" : "seen " + i);
    made(planned, "plan").saving(plan()).csv(rows);
    // Changed, deleted, made meanwhile; and changed in a way that no row speaks of.
    made(planned, "meanwhile").csv(Rows.senders(0, 1, i -> "by another"));
    made(planned, "gone").mode(Mode.DELETE).csv("pattern,pattern_type\nhost1.example,DOMAIN\n");
    made(planned, "new").csv(Rows.senders(20, 21, i -> "made by another"));
    made(planned, "rest").csv(Rows.senders(10, 11, i -> "a row that was unchanged"));
    Map<String, String> before = state(planned);

    ImportRig applying = made(planned, "apply");
    ImportResult applied = applying.apply(plan());

    assertThat(applied.summary().exit()).isEqualTo(ExitCode.ROWS_FAILED);
    assertCounts(applied, UPDATED, 4, CREATED, 3, SKIPPED, 3, UNCHANGED, 14);
    assertThat(
            applying.report().stream()
                .filter(row -> row.get("code").equals("moved"))
                .map(row -> row.get("key") + ": " + row.get("message")))
        .containsExactly(
            "DOMAIN host0.example: the record is not as it was planned: comments was \"seen 0\""
                + " and is \"by another\"",
            "DOMAIN host1.example: the record is gone",
            "DOMAIN host20.example: the account got a record with this key meanwhile");
    Map<String, String> after = state(planned);
    for (String untouched : List.of("host0.example", "host20.example", "host10.example")) {
      assertThat(after.get(untouched)).isEqualTo(before.get(untouched));
    }
    assertThat(after).doesNotContainKey("host1.example").containsEntry("host2.example", "other");
  }

  @Test
  void aCreateThatMeetsARecordIsNotTurnedIntoAnEdit() throws IOException {
    made(planned, "plan").saving(plan()).csv(Rows.senders(2));
    Confirmation meanwhile =
        plans ->
            Mono.fromCallable(
                    () ->
                        made(planned, "other").csv(Rows.senders(0, 1, i -> "another")).plan()
                            != null)
                .subscribeOn(Schedulers.boundedElastic());

    ImportResult applied = made(planned, "apply").confirmedBy(meanwhile).apply(plan());

    assertThat(applied.summary().exit()).isEqualTo(ExitCode.ROWS_FAILED);
    assertCounts(applied, CREATED, 1, SKIPPED, 1);
    assertThat(state(planned)).containsEntry("host0.example", "another");
  }

  @Test
  void theGuardsOfDeletesHold() throws IOException {
    fill();
    made(planned, "plan").mode(Mode.MIRROR).maxDeletes("50%").saving(plan()).csv(Rows.senders(11));
    // The account has shrunk: nine deletes are more than half of what is left.
    made(planned, "less")
        .mode(Mode.DELETE)
        .maxDeletes("5")
        .csv(Rows.senders(5).replace("seen", "any"));

    ImportResult applied = made(planned, "apply").apply(plan());

    assertThat(applied.summary().exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(applied.failure()).isNotNull();
    assertThat(planned.account().count(LIST)).isEqualTo(15);
  }

  @Test
  void aRefusedPlanIsNotSaved() throws IOException {
    fill();
    ImportResult result =
        made(planned, "plan").mode(Mode.MIRROR).maxDeletes("1").saving(plan()).csv(Rows.senders(2));

    assertThat(result.summary().exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(plan()).doesNotExist();
  }

  @Test
  void aPlanIsForItsOwnerAloneAndNeverWrittenOverAnother() throws IOException {
    made(planned, "plan").saving(plan()).csv(Rows.senders(2));
    String before = Files.readString(plan());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(plan())))
        .isEqualTo("rw-------");

    assertThatThrownBy(() -> made(planned, "again").saving(plan()).csv(Rows.senders(3)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("there is a file " + plan() + " already");
    assertThat(Files.readString(plan())).isEqualTo(before);
  }

  @Test
  void aPlanThatIsDamagedAtAnyByteIsRefused() throws IOException {
    made(planned, "plan").saving(plan()).csv(Rows.senders(2));
    byte[] whole = Files.readAllBytes(plan());
    long calls = planned.requestLog().total();
    Path other = directory.resolve("other.plan");
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 1;
      Files.write(other, damaged);
      assertThatThrownBy(() -> SavedPlan.open(other)).isInstanceOf(UsageException.class);
      Files.write(other, java.util.Arrays.copyOf(whole, at));
      assertThatThrownBy(() -> SavedPlan.open(other)).isInstanceOf(UsageException.class);
    }
    Files.write(other, (new String(whole, ISO_8859_1) + "\n").getBytes(ISO_8859_1));
    assertThatThrownBy(() -> SavedPlan.open(other)).isInstanceOf(UsageException.class);
    assertThat(planned.requestLog().total()).isEqualTo(calls);
  }

  @Test
  void aPlanForAnotherAccountIsRefused() throws IOException {
    made(planned, "plan").saving(plan()).csv(Rows.senders(2));
    long calls = direct.requestLog().total();

    assertThatThrownBy(() -> made(direct, "apply").apply(plan()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("the plan is for account");
    assertThat(direct.requestLog().total()).isEqualTo(calls);
  }

  private static List<List<String>> lines(List<CSVRecord> report) {
    return report.stream()
        .map(
            row ->
                List.of("row", "line", "outcome", "action", "key", "code", "message").stream()
                    .map(row::get)
                    .toList())
        .toList();
  }

  private static Map<String, String> state(Sandbox sandbox) {
    return sandbox.account().records(LIST).stream()
        .collect(
            Collectors.toMap(
                record -> record.path("pattern").asString(""),
                SavedPlanTest::said,
                (one, two) -> one + " and " + two,
                TreeMap::new));
  }

  private static String said(ObjectNode record) {
    return record.path("comments").asString("");
  }
}
