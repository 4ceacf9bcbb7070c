package io.sluice.pipeline.imports;

import static io.sluice.pipeline.imports.ImportTest.assertCounts;
import static io.sluice.report.Outcome.CREATED;
import static io.sluice.report.Outcome.DELETED;
import static io.sluice.report.Outcome.SKIPPED;
import static io.sluice.report.Outcome.UNCHANGED;
import static io.sluice.report.Outcome.UNPROCESSED;
import static io.sluice.report.Outcome.UPDATED;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.format.InputFormat;
import io.sluice.plan.Mode;
import io.sluice.plan.Origin;
import io.sluice.report.Action;
import io.sluice.report.ExitCode;
import io.sluice.report.Outcome;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.JsonNodeFactory;

/** What deletes is guarded, saved before, and stops at the first doubt. */
final class MirrorTest {
  private static final String LIST = "block_senders";

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = Sandbox.builder().start();

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = Strategy.class,
      names = {"ROWS", "BATCH"})
  void aMirrorLeavesExactlyTheRows(Strategy strategy) throws IOException {
    rig("before").csv(Rows.senders(200));
    ImportRig rig = rig("now").mode(Mode.MIRROR).by(strategy).maxDeletes("60");
    ImportResult result = rig.csv(Rows.senders(50, 250, i -> i < 60 ? "other" : "seen " + i));

    assertThat(result.summary().exit()).isEqualTo(ExitCode.OK);
    assertCounts(result, CREATED, 50, UPDATED, 10, UNCHANGED, 140);
    assertThat(result.summary().deletes().of(DELETED)).isEqualTo(50);
    assertThat(sandbox.account().count(LIST)).isEqualTo(200);
    assertThat(rig.plans.get(0).of(Action.DELETE)).isEqualTo(50);
    assertThat(rig.report().subList(200, 250))
        .allSatisfy(
            row -> {
              assertThat(row.get("row")).isEmpty();
              assertThat(row.get("line")).isEmpty();
              assertThat(row.get("outcome")).isEqualTo("deleted");
              assertThat(row.get("key")).startsWith("DOMAIN host");
            });
  }

  @Test
  void whatWasDeletedIsSavedAndCanBeUndone() throws IOException {
    rig("before").csv(Rows.senders(30));
    ImportResult result = rig("now").mode(Mode.MIRROR).maxDeletes("100%").csv(Rows.senders(1));
    assertThat(sandbox.account().count(LIST)).isEqualTo(1);

    Path safety = result.safety();
    assertThat(safety).isNotNull();
    ImportResult undone =
        rig("undo").from(Origin.THIS_ACCOUNT, null).jsonl(Files.readString(safety));

    assertCounts(undone, CREATED, 29, UNCHANGED, 1);
    assertThat(sandbox.account().count(LIST)).isEqualTo(30);
  }

  @Test
  void thePlanCountsEachReadingOfTheListBeforeItsDeletes() throws IOException {
    rig("before").by(Strategy.BATCH).owner("feed", null, null).csv(Rows.senders(2_500));
    ImportRig rig = rig("now").mode(Mode.DELETE).by(Strategy.ROWS);
    ImportResult result = rig.csv(Rows.senders(3));
    ImportRig owned = rig("owned").mode(Mode.MIRROR).owner("feed", null, null).by(Strategy.ROWS);
    ImportResult mirrored = owned.csv(Rows.senders(5, 2_500, i -> "seen " + i));

    assertCounts(result, DELETED, 3);
    assertThat(rig.plans.get(0).allRequests()).isEqualTo(result.summary().requests());
    assertThat(mirrored.summary().deletes().of(DELETED)).isEqualTo(2);
    assertThat(owned.plans.get(0).allRequests()).isEqualTo(mirrored.summary().requests());
  }

  @Test
  void aPlanWithTooManyDeletesIsRefusedWhole() throws IOException {
    rig("before").csv(Rows.senders(200));
    sandbox.requestLog().reset();
    ImportRig rig = rig("now").mode(Mode.MIRROR);
    ImportResult result = rig.csv(Rows.senders(21, 201, i -> "seen " + i));

    assertThat(result.summary().exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(sandbox.requestLog().writes()).isZero();
    assertThat(result.failure()).isNotNull();
    assertThat(result.failure().message()).contains("21 of 200", "10%");
    assertThat(rig.report()).hasSize(180 + 21);
    assertCounts(result, UNCHANGED, 179, UNPROCESSED, 1);

    assertThat(
            rig("fits")
                .mode(Mode.MIRROR)
                .csv(Rows.senders(20, 200, i -> "seen " + i))
                .summary()
                .exit())
        .isEqualTo(ExitCode.OK);
  }

  @Test
  void nothingIsDeletedOnceARowFailed() throws IOException {
    rig("before").csv(Rows.senders(30));
    sandbox.faults().reject("host35.example", 10021, "no");
    ImportResult result =
        rig("now").mode(Mode.MIRROR).maxDeletes("100%").csv(Rows.senders(10, 40, i -> "seen " + i));

    assertThat(result.summary().exit()).isEqualTo(ExitCode.ROWS_FAILED);
    assertThat(result.summary().deletes().of(UNPROCESSED)).isEqualTo(10);
    assertThat(sandbox.account().count(LIST)).isEqualTo(39);
  }

  @Test
  void aMirrorOfPartOfAnAccountIsRefused() throws IOException {
    ImportResult result =
        rig("r")
            .mode(Mode.MIRROR)
            .from(Origin.THIS_ACCOUNT, "it was filtered")
            .csv(Rows.senders(3));

    assertThat(result.summary().exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(sandbox.requestLog().total()).isZero();
  }

  @Test
  void aMirrorOfInvalidRowsIsRefusedEvenIfTheyAreSkipped() throws IOException {
    ImportResult result =
        rig("r").mode(Mode.MIRROR).skipInvalid().csv("pattern\ngood.example\n-bad-\n");

    assertThat(result.summary().exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(sandbox.requestLog().total()).isZero();
  }

  @Test
  void aListThatNeverRestsIsNoGroundForAPlan() throws IOException {
    sandbox.account().seed(LIST, 3_000);
    sandbox
        .faults()
        .onList(LIST)
        .then(
            Fault.then(
                account ->
                    account.remove(LIST, account.records(LIST).get(0).path("id").asString())));
    ImportResult result = rig("r").mode(Mode.MIRROR).csv(Rows.senders(5_000));

    assertThat(result.summary().exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(sandbox.requestLog().writes()).isZero();
  }

  @Test
  void aListThatNeverRestsWhileItIsSavedIsNotDeletedFrom() throws IOException {
    rig("before").csv(Rows.senders(3));
    sandbox.account().seed(LIST, 3_000);
    ImportRig rig =
        rig("now")
            .mode(Mode.DELETE)
            .confirmedBy(
                plan -> {
                  sandbox
                      .faults()
                      .onList(LIST)
                      .then(
                          Fault.then(
                              account -> {
                                var last = account.records(LIST).get(5);
                                account.remove(LIST, last.path("id").asString());
                              }));
                  return Mono.just(true);
                });
    ImportResult result = rig.csv("pattern\nhost1.example\n");

    assertThat(sandbox.requestLog().count("DELETE /block_senders/{id}")).isZero();
    assertThat(result.summary().exit()).isEqualTo(ExitCode.REFUSED);
    assertCounts(result, UNPROCESSED, 1);
  }

  @Test
  void aPlanThatIsNotConfirmedIsNotCarriedOut() throws IOException {
    rig("before").csv(Rows.senders(30));
    List<PlanSummary> asked = new ArrayList<>();
    ImportRig rig =
        rig("now")
            .mode(Mode.MIRROR)
            .maxDeletes("100%")
            .confirmedBy(
                plans -> {
                  asked.addAll(plans);
                  return Mono.just(false);
                });
    ImportResult result = rig.csv(Rows.senders(10));

    assertThat(asked).extracting(plan -> plan.of(Action.DELETE)).containsExactly(20L);
    assertThat(result.summary().exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(sandbox.account().count(LIST)).isEqualTo(30);
  }

  @Test
  void deleteDeletesTheRowsAndSkipsWhatIsNotThere() throws IOException {
    rig("before").csv(Rows.senders(100));
    ImportResult result =
        rig("now").mode(Mode.DELETE).csv("pattern\nhost3.example\nHOST4.example\nnone.example\n");

    assertCounts(result, DELETED, 2, SKIPPED, 1);
    assertThat(sandbox.account().count(LIST)).isEqualTo(98);
    assertThat(result.safety()).isNotNull();
  }

  @Test
  void syncedPeopleAndDomainsAreLeftAlone() throws IOException {
    JsonNodeFactory json = JsonNodeFactory.instance;
    sandbox
        .account()
        .add(
            "impersonation_registry",
            json.objectNode()
                .put("name", "Synced")
                .put("email", "synced@example.com")
                .put("is_email_regex", false)
                .put("provenance", "SNOOPY-OFFICE_365"));
    ImportResult people =
        rig("people")
            .of("impersonation-registry")
            .mode(Mode.MIRROR)
            .maxDeletes("100%")
            .csv("name,email\nAda,ada@example.com\n");
    assertCounts(people, CREATED, 1);
    assertThat(people.summary().deletes().of(SKIPPED)).isEqualTo(1);
    assertThat(sandbox.account().count("impersonation_registry")).isEqualTo(2);

    sandbox.account().seed("domains", 3);
    String keep = sandbox.account().records("domains").get(0).path("domain").asString();
    ImportResult domains =
        rig("domains")
            .of("domains")
            .mode(Mode.MIRROR)
            .maxDeletes("100%")
            .csv("domain\n" + keep + "\n");
    assertThat(domains.summary().deletes().of(SKIPPED)).isEqualTo(2);
    assertThat(sandbox.account().count("domains")).isEqualTo(3);

    ImportResult allowed =
        rig("allowed")
            .of("domains")
            .mode(Mode.MIRROR)
            .allowUnprotect()
            .maxDeletes("100%")
            .csv("domain\n" + keep + "\n");
    assertThat(allowed.summary().deletes().of(Outcome.DELETED)).isEqualTo(2);
    assertThat(sandbox.account().count("domains")).isEqualTo(1);
  }

  @Test
  void whatNobodyCouldMakeAgainIsLeftAlone() throws IOException {
    sandbox
        .account()
        .add(
            LIST,
            JsonNodeFactory.instance
                .objectNode()
                .put("pattern", "strange")
                .put("pattern_type", "UNKNOWN")
                .put("is_regex", false));
    ImportResult result = rig("now").mode(Mode.MIRROR).maxDeletes("100%").csv(Rows.senders(3));

    assertThat(result.summary().exit()).isEqualTo(ExitCode.OK);
    assertThat(result.summary().deletes().of(SKIPPED)).isEqualTo(1);
    assertThat(sandbox.account().count(LIST)).isEqualTo(4);
  }

  @Test
  void aPlainListDeletesToo() throws IOException {
    rig("before").csv(Rows.senders(20));
    ImportResult result =
        rig("now")
            .mode(Mode.DELETE)
            .run(InputFormat.LIST, "# these\nhost1.example\nhost2.example\n");

    assertCounts(result, DELETED, 2);
  }

  @Test
  void aRowWithAnIdAloneIsReportedByTheKeyOfItsRecord() throws IOException {
    rig("before").csv(Rows.senders(3));
    var record = sandbox.account().records(LIST).get(1);
    String id = record.path("id").asString();
    ImportResult result = rig("now").mode(Mode.DELETE).csv("id\n" + id + "\n");

    assertThat(result.directory().resolve("report.csv"))
        .content()
        .contains("," + id + ",DOMAIN " + record.path("pattern").asString() + ",");
  }

  private ImportRig rig(String name) throws IOException {
    Path own = directory.resolve(name);
    Files.createDirectories(own);
    return new ImportRig(sandbox, own);
  }
}
