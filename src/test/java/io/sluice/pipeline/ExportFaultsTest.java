package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.api.Credential;
import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.pipeline.exports.SnapshotExportTest;
import io.sluice.report.ExitCode;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.fault.Fault;
import io.sluice.snapshot.Snapshot;
import io.sluice.snapshot.Verifier;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Whatever goes wrong, an export ends in a complete and right snapshot, or in none. */
final class ExportFaultsTest {
  private static final String LIST = "block_senders";
  private static final int ROWS = 5_000;

  @TempDir private Path root = Path.of("");
  private final Sandbox sandbox = Sandbox.builder().start();

  ExportFaultsTest() {
    sandbox.account().seed(LIST, ROWS);
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void randomServerErrorsAndHtmlPagesAreOutlived() throws IOException {
    sandbox.faults().onList(LIST).then(Fault.perPageAtMost(50));
    sandbox
        .faults()
        .everywhere()
        .share(0.05)
        .thenOneOf(Fault.status(500), Fault.status(502), Fault.html(502), Fault.html(520));
    assertComplete(rig().export().snapshot());
  }

  @Test
  void resetsAndBrokenBodiesAreOutlived() throws IOException {
    sandbox.faults().onList(LIST).then(Fault.perPageAtMost(100));
    sandbox
        .faults()
        .onList(LIST)
        .every(7)
        .thenOneOf(
            Fault.reset(),
            Fault.reset().afterEffect(),
            Fault.truncated(),
            Fault.chunksCutOff(),
            Fault.halfJson(),
            Fault.notJson(),
            Fault.wrongShape(),
            Fault.failure(1001, "internal"));
    assertComplete(rig().export().snapshot());
  }

  @Test
  void anAnswerThatDripsIsCutShortAndAskedForAgain() throws IOException {
    sandbox.faults().onPage(LIST, 3).times(1).then(Fault.drip(Duration.ofMillis(50)));
    sandbox.faults().onPage(LIST, 4).times(1).then(Fault.silence());
    assertComplete(rig().answerTimeout(Duration.ofMillis(700)).export().snapshot());
  }

  /** Without a second call it would take the minute after which an answer is given up. */
  @Test
  @Timeout(20)
  void aPageThatIsLateIsAskedForAgain() throws IOException {
    sandbox.faults().onList(LIST).then(Fault.perPageAtMost(50));
    sandbox.faults().onPage(LIST, 60).times(1).then(Fault.silence());
    assertComplete(rig().answerTimeout(Duration.ofMinutes(1)).export().snapshot());
    assertThat(sandbox.requestLog().total()).isBetween(105L, 109L);
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void retryAfterIsObeyedInSecondsAndAsADate() throws IOException {
    sandbox.faults().onPage(LIST, 2).times(1).then(Fault.tooManyRequests(Duration.ofSeconds(1)));
    sandbox
        .faults()
        .onPage(LIST, 4)
        .times(1)
        .then(Fault.tooManyRequests(Instant.now().plusSeconds(3)));
    assertComplete(rig().export().snapshot());
    assertThat(sandbox.requestLog().throttled()).isEqualTo(2);
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void theQuotaIsNeverExceeded() throws IOException {
    try (Sandbox paced = Sandbox.builder().quota(60, Duration.ofSeconds(3)).start()) {
      paced.account().seed(LIST, 2_000);
      paced.faults().onList(LIST).then(Fault.perPageAtMost(10));
      Instant start = Instant.now();

      Snapshot snapshot = new ExportRig(paced, root).announced(0.1).export().snapshot();

      assertThat(snapshot.manifest().rows()).isEqualTo(2_000);
      assertThat(snapshot.manifest().resources().get(0).pages()).isEqualTo(200);
      assertThat(paced.requestLog().throttled()).isZero();
      assertThat(Duration.between(start, Instant.now()))
          .describedAs("204 calls at 54 a window take four windows, not more")
          .isLessThan(Duration.ofSeconds(14));
    }
  }

  @Test
  void recordsAppendedMeanwhileAreReadToo() throws IOException {
    int[] added = {0};
    sandbox
        .faults()
        .onList(LIST)
        .skip(1)
        .times(3)
        .then(Fault.then(account -> account.seed(LIST, 100 + added[0]++)));
    Snapshot snapshot = rig().export().snapshot();

    assertThat(snapshot.manifest().consistent()).isTrue();
    assertThat(snapshot.manifest().rows()).isGreaterThanOrEqualTo(ROWS);
    assertDistinct(snapshot);
  }

  @Test
  void aRemovalWhileListingMakesTheListBeReadAgain() throws IOException {
    sandbox
        .faults()
        .onPage(LIST, 2)
        .times(1)
        .then(Fault.then(account -> account.remove(LIST, firstId())));
    ExportRig rig = rig();
    Snapshot snapshot = rig.export().snapshot();

    assertThat(rig.moves()).hasSize(1);
    assertThat(snapshot.manifest().consistent()).isTrue();
    assertComplete(snapshot);
  }

  @Test
  void aRemovalThatAnAdditionHidesIsNoticed() throws IOException {
    sandbox
        .faults()
        .onPage(LIST, 4)
        .times(1)
        .then(
            Fault.then(
                account -> {
                  account.remove(LIST, firstId());
                  account.seed(LIST, 1);
                }));
    ExportRig rig = rig();
    Snapshot snapshot = rig.export().snapshot();

    assertThat(rig.moves()).isNotEmpty();
    assertComplete(snapshot);
  }

  @Test
  void aRecordThatSlipsToAPageAlreadyReadIsNotLost() throws IOException {
    sandbox
        .faults()
        .onPage(LIST, 2)
        .times(1)
        .then(
            Fault.then(
                account -> {
                  account.remove(LIST, account.records(LIST).get(1_500).get("id").stringValue());
                  account.seed(LIST, 1);
                }));
    ExportRig rig = rig();
    Snapshot snapshot = rig.export().snapshot();

    assertThat(rig.moves()).isNotEmpty();
    assertComplete(snapshot);
  }

  @Test
  void aListThatNeverRestsIsKeptAndMarked() throws IOException {
    sandbox.faults().onList(LIST).then(Fault.then(account -> account.remove(LIST, firstId())));
    ExportRig rig = rig();
    Snapshot snapshot = rig.export().snapshot();

    assertThat(rig.moves()).hasSize(2);
    assertThat(snapshot.manifest().consistent()).isFalse();
    assertThat(Verifier.verify(snapshot).sound()).isTrue();
    assertDistinct(snapshot);
  }

  @Test
  void aTotalThatIsTooLowLosesNothing() throws IOException {
    sandbox.faults().onList(LIST).then(Fault.total(1_500));
    assertComplete(rig().export().snapshot());
  }

  @Test
  void aTotalThatIsTooHighIsNotBelievedButReported() throws IOException {
    sandbox.faults().onList(LIST).then(Fault.total(7_777));
    Snapshot snapshot = rig().export().snapshot();

    assertThat(snapshot.manifest().consistent()).isFalse();
    assertThat(SnapshotExportTest.lines(snapshot, resource()))
        .isEqualTo(SnapshotExportTest.records(sandbox, resource()));
  }

  @Test
  void totalsSmallerPagesAndResultInfoMayBeMissing() throws IOException {
    sandbox.faults().onList(LIST).then(Fault.perPageAtMost(300), Fault.noTotal());
    assertComplete(rig().export().snapshot());
    sandbox.faults().clear();
    sandbox.faults().onList(LIST).then(Fault.noResultInfo());
    assertComplete(rig().export().snapshot());
    sandbox.faults().clear();
    sandbox.faults().onList(LIST).then(Fault.perPageAtMost(200), Fault.noResultInfo());
    assertComplete(rig().export().snapshot());
  }

  @Test
  void unknownFieldsAndNumericIdsPass() {
    sandbox.faults().onList(LIST).then(Fault.extraFields(), Fault.numericIds());
    Snapshot snapshot = rig().export().snapshot();
    assertThat(snapshot.manifest().rows()).isEqualTo(ROWS);
    assertThat(snapshot.manifest().consistent()).isTrue();
  }

  @Test
  void aTokenRevokedInTheMiddleEndsTheRunAtOnce() throws IOException {
    sandbox
        .faults()
        .onPage(LIST, 3)
        .times(1)
        .then(Fault.then(account -> sandbox.revoke(sandbox.token())));
    assertAbsent(rig(), ExitCode.NOT_PERMITTED, "token");
    assertThat(sandbox.requestLog().count(401)).isBetween(1L, 8L);
  }

  @Test
  void aWrongTokenAWrongAccountAndNoEntitlementAreToldApart() throws IOException {
    assertAbsent(
        rig().credential(Credential.token("wrong")), ExitCode.NOT_PERMITTED, "token is wrong");
    sandbox.account().entitled(false);
    assertAbsent(rig(), ExitCode.NOT_PERMITTED, "no Email Security");
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  @Tag("slow")
  void anOutageThatPassesIsWaitedOut() throws IOException {
    sandbox.faults().onList(LIST).skip(2).times(8).then(Fault.html(503));
    assertComplete(rig().export().snapshot());
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void anOutageThatDoesNotPassEndsTheRun() throws IOException {
    sandbox.faults().onList(LIST).skip(2).then(Fault.html(503));
    assertAbsent(rig().maxOutage(Duration.ofSeconds(3)), ExitCode.GAVE_UP, "try again");
  }

  @Test
  void aRetryAfterBeyondTheLimitEndsTheRunAtOnce() throws IOException {
    sandbox.faults().onPage(LIST, 2).then(Fault.tooManyRequests(Duration.ofMinutes(10)));
    assertAbsent(rig().maxOutage(Duration.ofSeconds(5)), ExitCode.GAVE_UP, "try again");
  }

  @Test
  void aRedirectIsNotFollowed() throws IOException {
    sandbox.faults().onList(LIST).then(Fault.redirect("http://127.0.0.1:9/elsewhere"));
    Failure failure = assertAbsent(rig(), ExitCode.NOT_PERMITTED, "log-in");
    assertThat(failure.message())
        .contains("redirects are not followed")
        .doesNotContain("elsewhere");
    assertThat(failure.code()).isEqualTo("redirected");
  }

  @Test
  void anEmptyListThatIsNullIsAnEmptyFile() {
    try (Sandbox empty = Sandbox.builder().start()) {
      empty.faults().onList(LIST).then(Fault.emptyListIsNull());
      Snapshot snapshot = new ExportRig(empty, root).export().snapshot();
      assertThat(snapshot.manifest().rows()).isZero();
      assertThat(snapshot.manifest().consistent()).isTrue();
    }
  }

  @Test
  void aPageOfAFirewallEndsTheRunAfterOneCall() throws IOException {
    sandbox.faults().everywhere().then(Fault.firewall());
    Failure failure = assertAbsent(rig(), ExitCode.NOT_PERMITTED, "no missing permission");
    assertThat(failure.code()).isEqualTo("blocked");
    assertThat(failure.message()).contains("Attention Required");
    assertThat(failure.httpStatus()).isEqualTo(403);
    assertThat(failure.ray()).isNotBlank();
    assertThat(sandbox.requestLog().total()).isEqualTo(1);
  }

  @Test
  void aFirewallInTheMiddleEndsTheRun() throws IOException {
    sandbox.faults().onPage(LIST, 3).then(Fault.firewall());
    Failure failure = assertAbsent(rig(), ExitCode.NOT_PERMITTED, "no missing permission");
    assertThat(failure.httpStatus()).isEqualTo(403);
  }

  @Test
  void anAnswerBeyondTheLimitIsRefused() throws IOException {
    sandbox.faults().onPage(LIST, 2).then(Fault.huge(65L << 20));
    Failure failure = assertAbsent(rig(), ExitCode.UNEXPECTED, "");
    assertThat(failure.message()).contains("larger than 64 MiB");
  }

  @Test
  void stoppingLeavesNothingBehind() throws IOException {
    ExportRig rig = rig();
    sandbox.faults().onPage(LIST, 3).then(Fault.then(account -> rig.stop.stop()));
    sandbox.faults().onPage(LIST, 4).then(Fault.silence());
    assertAbsent(rig, ExitCode.INTERRUPTED, "");
  }

  @Test
  void noTokenInAnyMessage() {
    String secret = "s3cret-" + ThreadLocalRandom.current().nextLong();
    sandbox.faults().everywhere().then(Fault.status(403, 9109, "bad token " + secret));
    Throwable error = catchThrowable(() -> rig().credential(Credential.token(secret)).export());

    for (Throwable t = error; t != null; t = t.getCause()) {
      assertThat(String.valueOf(t)).doesNotContain(secret);
    }
  }

  private ExportRig rig() {
    return new ExportRig(sandbox, root);
  }

  private String firstId() {
    return sandbox.account().records(LIST).get(0).get("id").stringValue();
  }

  private static Resource resource() {
    return Catalog.get(LIST);
  }

  private void assertComplete(Snapshot snapshot) throws IOException {
    assertThat(SnapshotExportTest.lines(snapshot, resource()))
        .isEqualTo(SnapshotExportTest.records(sandbox, resource()));
    assertThat(snapshot.manifest().consistent()).isTrue();
    assertThat(Verifier.verify(snapshot).sound()).isTrue();
    assertThat(sandbox.requestLog().calls()).extracting(call -> call.method()).containsOnly("GET");
  }

  private static void assertDistinct(Snapshot snapshot) throws IOException {
    List<String> lines = SnapshotExportTest.lines(snapshot, resource());
    assertThat(new HashSet<>(lines)).hasSameSizeAs(lines);
  }

  private static Failure assertAbsent(ExportRig rig, ExitCode exit, String hint)
      throws IOException {
    Throwable error = catchThrowable(rig::export);
    assertThat(error).isNotNull();
    Failure failure = Diagnosis.of(error);
    assertThat(failure.exit()).describedAs("%s", failure).isEqualTo(exit);
    assertThat(String.valueOf(failure.hint())).contains(hint);
    assertThat(rig.found()).containsExactly(".sluice.lock");
    return failure;
  }
}
