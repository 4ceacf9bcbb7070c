package io.sluice.pipeline.imports.apply;

import static io.sluice.pipeline.imports.ImportTest.assertCounts;
import static io.sluice.report.Outcome.CREATED;
import static io.sluice.report.Outcome.UPDATED;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.pipeline.imports.ImportResult;
import io.sluice.pipeline.imports.ImportRig;
import io.sluice.pipeline.imports.Rows;
import io.sluice.pipeline.imports.Strategy;
import io.sluice.report.ExitCode;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.SandboxAccount;
import io.sluice.sandbox.fault.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What became of a create is found out, however the server spells, orders and answers. */
final class CreateReconcilerTest {
  private static final String LIST = "block_senders";
  private static final String PEOPLE = "impersonation_registry";

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = Sandbox.builder().start();

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void aRecordThatTheServerSpellsItsOwnWayIsNotMadeTwice() throws IOException {
    sandbox
        .faults()
        .onCreate(LIST)
        .times(1)
        .then(Fault.reset().afterEffect(), Fault.then(CreateReconcilerTest::respell));
    ImportResult result = rig().by(Strategy.ROWS).csv("pattern\nJohn.Doe@Example.Com\n");

    assertCounts(result, CREATED, 1);
    assertThat(sandbox.account().count(LIST)).isEqualTo(1);
  }

  /** The domain of an address in lower case, the name before it as it was. */
  private static void respell(SandboxAccount account) {
    ObjectNode record = account.records(LIST).get(0);
    account.remove(LIST, record.path("id").asString());
    String[] parts = record.path("pattern").asString().split("@", -1);
    account.add(LIST, record.put("pattern", parts[0] + "@" + parts[1].toLowerCase(Locale.ROOT)));
  }

  @Test
  void twinsThatDifferInWhatTheirPatternMeansAreBothFound() throws IOException {
    String twins =
        """
        {"id":"1","pattern":"A.example","pattern_type":"DOMAIN","is_regex":false,"comments":"p"}
        {"id":"2","pattern":"a.example","pattern_type":"DOMAIN","is_regex":true,"comments":"r"}
        """;
    sandbox.faults().onBatch(LIST).times(1).then(Fault.reset().afterEffect());
    ImportResult result = rig().by(Strategy.BATCH).jsonl(twins);

    assertCounts(result, CREATED, 2);
    assertThat(sandbox.account().records(LIST))
        .extracting(record -> record.path("comments").asString())
        .containsExactlyInAnyOrder("p", "r");
    assertThat(sandbox.requestLog().count("POST /block_senders/batch")).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Strategy.class,
      names = {"ROWS", "BATCH"})
  void aServerThatNeverAnswersReadablyStillGetsItsRecords(Strategy strategy) throws IOException {
    sandbox.faults().onMethod("POST").then(Fault.wrongShape().afterEffect());
    ImportResult result =
        rig().by(strategy).concurrency(4).maxOutage(Duration.ofMillis(500)).csv(Rows.senders(400));

    assertThat(result.summary().exit()).isEqualTo(ExitCode.OK);
    assertCounts(result, CREATED, 400);
  }

  @Test
  void aLateEffectThatMakesTheNextCallInvalidIsACreation() throws IOException {
    sandbox.faults().onCreate(LIST).times(1).then(Fault.status(503));
    sandbox
        .faults()
        .onCreate(LIST)
        .skip(1)
        .times(1)
        .then(Fault.status(400, 1001, "pattern already exists").afterEffect());
    ImportResult result = rig().by(Strategy.ROWS).csv("pattern\nlate.example\n");

    assertCounts(result, CREATED, 1);
  }

  @Test
  void aTokenThatIsRevokedBeforeTheLookUpStopsTheRun() throws IOException {
    Fault.Reply revoked = Fault.status(401, 10000, "Authentication error");
    sandbox.faults().onCreate(LIST).then(Fault.status(409, 1003, "exists"));
    sandbox.faults().when(r -> !r.query("pattern").isEmpty()).then(revoked);
    sandbox.faults().when(r -> r.query("direction").equals("desc")).then(revoked);
    ImportResult result = rig().by(Strategy.ROWS).csv("pattern\none.example\n");

    assertThat(result.summary().exit()).isEqualTo(ExitCode.NOT_PERMITTED);
  }

  @Test
  void whoeverStandsInTheWayIsFoundHoweverLongAgoTheyCame() throws IOException {
    sandbox.faults().onList(PEOPLE).then(Fault.perPageAtMost(5));
    sandbox
        .faults()
        .onList(PEOPLE)
        .times(1)
        .then(
            Fault.then(
                account ->
                    account.add(
                        PEOPLE,
                        JsonNodeFactory.instance
                            .objectNode()
                            .put("name", "Person 24")
                            .put("email", "p24@example.com")
                            .put("is_email_regex", false)
                            .put("comments", "theirs"))));
    String rows =
        IntStream.range(0, 25)
            .mapToObj(i -> "Person " + i + ",p" + i + "@example.com,mine\n")
            .collect(Collectors.joining("", "name,email,comments\n", ""));
    ImportResult result = rig().of(PEOPLE).concurrency(1).rate("8/1s").csv(rows);

    assertCounts(result, CREATED, 24, UPDATED, 1);
  }

  @Test
  void aLookUpThatIsRefusedFallsBackOnTheNewestRecords() throws IOException {
    sandbox.faults().onCreate(LIST).times(1).then(Fault.reset().afterEffect());
    sandbox.faults().when(r -> !r.query("pattern").isEmpty()).then(Fault.html(414));
    ImportResult result = rig().by(Strategy.ROWS).csv("pattern\none.example\n");

    assertCounts(result, CREATED, 1);
    assertThat(sandbox.requestLog().count("POST /block_senders")).isEqualTo(1);
  }

  private ImportRig rig() {
    return new ImportRig(sandbox, directory).answerTimeout(Duration.ofSeconds(1));
  }
}
