package io.sluice.pipeline.imports;

import static io.sluice.pipeline.imports.ImportTest.assertCounts;
import static io.sluice.report.Outcome.CREATED;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.Credential;
import io.sluice.pipeline.Failure;
import io.sluice.report.Counts;
import io.sluice.report.ExitCode;
import io.sluice.report.Outcome;
import io.sluice.sandbox.BlockedDomain;
import io.sluice.sandbox.Request;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.fault.Fault;
import io.sluice.sandbox.fault.Faults;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever goes wrong: every row once, nothing twice, and a report of all. */
final class ImportFaultsTest {
  private static final String LIST = "block_senders";
  private static final int ROWS = 2_000;

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = Sandbox.builder().start();

  @AfterEach
  void stop() {
    sandbox.close();
  }

  /** How a call fails, how often of all calls, and how often at most. */
  private record Trouble(String name, double share, long times, List<Fault> faults) {
    Trouble(String name, double share, Fault... faults) {
      this(name, share, Long.MAX_VALUE, List.of(faults));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Stream<Trouble> troubles() {
    return Stream.of(
        new Trouble("reset after the effect", 0.1, Fault.reset().afterEffect()),
        new Trouble("reset before the effect", 0.02, Fault.reset()),
        new Trouble("timeout after the effect", 0.02, Fault.silence().afterEffect()),
        new Trouble("5xx after the effect", 0.1, Fault.status(503).afterEffect()),
        new Trouble("truncated answer", 0.1, Fault.truncated()),
        new Trouble("half the JSON", 0.1, Fault.halfJson()),
        new Trouble("wrong shape after the effect", 0.1, Fault.wrongShape().afterEffect()),
        new Trouble("no success after the effect", 0.1, Fault.failure(1001, "x").afterEffect()),
        new Trouble("429 storm", 0.3, 6, List.of(Fault.tooManyRequests(Duration.ofSeconds(1)))),
        new Trouble("20% random 503", 0.2, Fault.status(503)),
        new Trouble("one HTML 520 in ten", 0.1, Fault.html(520), Fault.html(520).afterEffect()));
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @MethodSource("troubles")
  void everyRowIsMadeOnceByRows(Trouble trouble) throws IOException {
    begin(trouble, Request::isCreate, trouble.share());
    assertAllMadeOnce(rig().by(Strategy.ROWS).csv(Rows.senders(ROWS)));
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @MethodSource("troubles")
  void everyRowIsMadeOnceByBatch(Trouble trouble) throws IOException {
    Faults.Rule rule = sandbox.faults().when(Request::isBatch).times(5);
    rule.thenOneOf(trouble.faults().toArray(Fault[]::new));
    assertAllMadeOnce(rig().by(Strategy.BATCH).csv(Rows.senders(ROWS)));
    assertThat(rule.fired()).isBetween(2L, 5L);
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Tag("slow")
  @ParameterizedTest
  @MethodSource("troubles")
  void lookUpsMayFailToo(Trouble trouble) throws IOException {
    begin(trouble, request -> true, Math.min(0.03, trouble.share()));
    assertAllMadeOnce(rig().by(Strategy.ROWS).csv(Rows.senders(ROWS)));
  }

  private void begin(Trouble trouble, java.util.function.Predicate<Request> calls, double share) {
    Faults.Rule rule = sandbox.faults().when(calls).share(share).times(trouble.times());
    rule.thenOneOf(trouble.faults().toArray(Fault[]::new));
  }

  private void assertAllMadeOnce(ImportResult result) throws IOException {
    assertCounts(result, CREATED, ROWS);
    assertThat(result.summary().exit()).isEqualTo(ExitCode.OK);
    assertThat(sandbox.account().count(LIST)).isEqualTo(ROWS);
    assertThat(sandbox.account().creations(LIST).values()).hasSize(ROWS).containsOnly(1);
    assertThat(rig().report())
        .hasSize(ROWS)
        .allSatisfy(row -> assertThat(row.get("outcome")).isEqualTo("created"));
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  @Tag("slow")
  void anOutageOfTwentySecondsIsSatOut() throws IOException {
    AtomicInteger calls = new AtomicInteger();
    long[] until = {Long.MAX_VALUE};
    sandbox
        .faults()
        .when(
            request -> {
              if (request.isCreate() && calls.incrementAndGet() == 200) {
                until[0] = System.nanoTime() + Duration.ofSeconds(20).toNanos();
              }
              return calls.get() >= 200 && System.nanoTime() < until[0];
            })
        .then(Fault.status(503));
    ImportRig rig = rig().by(Strategy.ROWS);
    ImportResult result = rig.csv(Rows.senders(600));

    assertCounts(result, CREATED, 600);
    assertThat(rig.outages).startsWith("began").endsWith("ended");
    assertThat(sandbox.account().creations(LIST).values()).hasSize(600).containsOnly(1);
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @EnumSource(
      value = Strategy.class,
      names = {"ROWS", "BATCH"})
  void anOutageThatDoesNotEndLeavesTheRestForLater(Strategy strategy) throws IOException {
    Faults.Rule outage =
        sandbox
            .faults()
            .when(request -> sandbox.account().count(LIST) >= 1_000 && !request.isList())
            .then(Fault.status(503));
    ImportRig rig = rig().by(strategy).maxOutage(Duration.ofSeconds(3));
    ImportResult result = rig.csv(Rows.senders(3_000));

    assertThat(result.summary().exit()).isEqualTo(ExitCode.GAVE_UP);
    Counts counts = result.summary().counts();
    assertThat(counts.of(Outcome.FAILED)).isZero();
    assertThat(counts.of(CREATED)).isEqualTo(sandbox.account().count(LIST));
    assertThat(counts.of(CREATED) + counts.of(Outcome.UNPROCESSED)).isEqualTo(3_000);

    outage.remove();
    assertCounts(rig.resuming().csv(Rows.senders(3_000)), CREATED, 3_000);
    assertThat(sandbox.account().creations(LIST).values()).hasSize(3_000).containsOnly(1);
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void anOutageThatTakesTheLookUpsWithItLeavesOutcomesUnknownUntilResumed() throws IOException {
    Faults.Rule outage =
        sandbox
            .faults()
            .when(request -> sandbox.account().count(LIST) >= 500)
            .then(Fault.status(503).afterEffect());
    ImportRig rig = rig().by(Strategy.ROWS).maxOutage(Duration.ofSeconds(2));
    ImportResult result = rig.csv(Rows.senders(1_000));

    assertThat(result.summary().exit()).isEqualTo(ExitCode.GAVE_UP);
    assertThat(result.summary().counts().of(Outcome.UNKNOWN)).isPositive();
    assertThat(result.summary().counts().of(Outcome.FAILED)).isZero();

    outage.remove();
    assertCounts(rig.resuming().csv(Rows.senders(1_000)), CREATED, 1_000);
    assertThat(sandbox.account().creations(LIST).values()).hasSize(1_000).containsOnly(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Strategy.class,
      names = {"ROWS", "BATCH"})
  void aTokenThatIsRevokedStopsWithinTheCallsInFlight(Strategy strategy) throws IOException {
    Faults.Rule revoked =
        sandbox
            .faults()
            .when(request -> sandbox.account().count(LIST) >= 1_000)
            .then(Fault.status(401, 10000, "Authentication error"));
    ImportRig rig = rig().by(strategy);
    ImportResult result = rig.csv(Rows.senders(6_000));

    assertThat(result.summary().exit()).isEqualTo(ExitCode.NOT_PERMITTED);
    assertThat(sandbox.requestLog().count(401)).isBetween(1L, 16L);
    Counts counts = result.summary().counts();
    assertThat(counts.of(CREATED)).isEqualTo(sandbox.account().count(LIST));
    assertThat(counts.of(CREATED) + counts.of(Outcome.UNPROCESSED)).isEqualTo(6_000);

    revoked.remove();
    assertCounts(rig.resuming().csv(Rows.senders(6_000)), CREATED, 6_000);
  }

  @Test
  void aTokenThatMayOnlyReadStopsAtTheFirstCreate() throws IOException {
    ImportResult result =
        rig()
            .by(Strategy.ROWS)
            .credential(Credential.token(sandbox.readOnlyToken()))
            .csv(Rows.senders(500));

    assertThat(result.summary().exit()).isEqualTo(ExitCode.NOT_PERMITTED);
    assertThat(sandbox.requestLog().count("POST /block_senders")).isBetween(1L, 16L);
    assertCounts(result, Outcome.UNPROCESSED, 500);
  }

  @ParameterizedTest
  @EnumSource
  void aPageOfAFirewallStopsTheRunAndNoRowIsFailed(Strategy strategy) throws IOException {
    Faults.Rule firewall =
        sandbox.faults().when(request -> !request.isList()).skip(2).then(Fault.firewall());
    ImportRig rig = rig().by(strategy);
    ImportResult result = rig.csv(Rows.senders(4_000));

    assertThat(result.summary().exit()).isEqualTo(ExitCode.NOT_PERMITTED);
    assertThat(sandbox.requestLog().count(403)).isBetween(1L, 16L);
    Counts counts = result.summary().counts();
    assertThat(counts.of(CREATED)).isEqualTo(sandbox.account().count(LIST));
    assertThat(counts.of(CREATED) + counts.of(Outcome.UNPROCESSED)).isEqualTo(4_000);

    firewall.remove();
    assertCounts(rig.resuming().csv(Rows.senders(4_000)), CREATED, 4_000);
  }

  @Test
  void oneRecordThatIsForbiddenFailsItsRowAlone() throws IOException {
    rig("before").csv(Rows.senders(40));
    String id = sandbox.account().records(LIST).get(7).path("id").asString();
    sandbox
        .faults()
        .onMethod("PATCH")
        .and(request -> request.uri().endsWith(id))
        .then(Fault.status(403, 10020, "not this one"));
    ImportResult result = rig("now").by(Strategy.ROWS).csv(Rows.senders(0, 40, i -> "other"));

    assertThat(result.summary().exit()).isEqualTo(ExitCode.ROWS_FAILED);
    assertCounts(result, Outcome.UPDATED, 39, Outcome.FAILED, 1);
  }

  @Test
  void tooManyErrorsStopTheRun() throws IOException {
    sandbox.faults().reject(body -> true, 10021, "no", "/pattern");
    ImportResult result =
        rig().by(Strategy.ROWS).concurrency(4).maxErrors("10").csv(Rows.senders(500));

    assertThat(result.summary().exit()).isEqualTo(ExitCode.ROWS_FAILED);
    assertThat(result.failure())
        .isNotNull()
        .extracting(Failure::message)
        .isEqualTo("stopped: more rows failed than --max-errors 10 allows");
    Counts counts = result.summary().counts();
    assertThat(counts.of(Outcome.FAILED)).isBetween(11L, 15L);
    assertThat(counts.of(Outcome.UNPROCESSED)).isEqualTo(500 - counts.of(Outcome.FAILED));
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void findingOutAboutALostCreateHoldsUpNothingAndIsOneOfTheCallsAtOnce() throws IOException {
    AtomicInteger creates = new AtomicInteger();
    sandbox
        .faults()
        .when(request -> request.isCreate() && creates.incrementAndGet() <= 2)
        .then(Fault.reset());
    List<Long> ended = Collections.synchronizedList(new ArrayList<>());
    ImportRig rig = rig().by(Strategy.ROWS).concurrency(1).onRow(row -> ended.add(row.row()));
    ImportResult result = rig.csv(Rows.senders(5));

    assertCounts(result, CREATED, 5);
    assertThat(sandbox.account().creations(LIST).values()).hasSize(5).containsOnly(1);
    // One at a time finds out, and the second holds the only place of the others meanwhile.
    assertThat(ended.get(0)).isEqualTo(1);
    assertThat(sandbox.requestLog().peakInFlight()).isEqualTo(1);
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void otherRowsAreSentWhileOneIsLookedFor() throws IOException {
    AtomicInteger creates = new AtomicInteger();
    sandbox
        .faults()
        .when(request -> request.isCreate() && creates.incrementAndGet() == 1)
        .then(Fault.reset());
    List<Long> ended = Collections.synchronizedList(new ArrayList<>());
    ImportRig rig = rig().by(Strategy.ROWS).concurrency(1).onRow(row -> ended.add(row.row()));
    ImportResult result = rig.csv(Rows.senders(20));

    assertCounts(result, CREATED, 20);
    assertThat(ended).endsWith(1L);
    assertThat(sandbox.requestLog().peakInFlight()).isEqualTo(1);
  }

  @Test
  void aRecordThatSomebodyMakesMeanwhileIsPlannedAgain() throws IOException {
    AtomicInteger once = new AtomicInteger();
    sandbox
        .faults()
        .onList(LIST)
        .then(
            Fault.then(
                account -> {
                  if (once.getAndIncrement() == 0) {
                    account.add(LIST, BlockedDomain.of("host5.example").put("comments", "theirs"));
                  }
                }));
    ImportRig rig = rig().by(Strategy.ROWS);
    ImportResult result = rig.csv(Rows.senders(30));

    assertCounts(result, CREATED, 29, Outcome.UPDATED, 1);
    assertThat(sandbox.account().count(LIST)).isEqualTo(30);
  }

  private ImportRig rig() throws IOException {
    return rig("run");
  }

  private ImportRig rig(String name) throws IOException {
    Path own = directory.resolve(name);
    java.nio.file.Files.createDirectories(own);
    return new ImportRig(sandbox, own).answerTimeout(Duration.ofSeconds(1));
  }
}
