package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.api.transport.BodyBuffer.NotEnoughMemory;
import io.sluice.config.UsageException;
import io.sluice.disk.DirectoryLock;
import io.sluice.disk.PrivateFiles;
import io.sluice.flow.retry.OutageException;
import io.sluice.format.OptionNames;
import io.sluice.report.ExitCode;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.fault.Fault;
import io.sluice.snapshot.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;

/** Whatever ends a run has its exit code, a stable name, and words about what to do. */
final class DiagnosisTest {
  @TempDir private Path directory = Path.of("");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401|10000|Authentication error|NOT_PERMITTED|not_authenticated|CLOUDFLARE_API_TOKEN",
        "400|6003|Invalid request headers|NOT_PERMITTED|not_authenticated|CLOUDFLARE_API_TOKEN",
        "403|9109|Invalid access token|NOT_PERMITTED|not_authenticated|CLOUDFLARE_API_TOKEN",
        "403|9109|Unauthorized to access requested resource|NOT_PERMITTED|no_access|account id first",
        "403|10000|Authentication error|NOT_PERMITTED|no_access|does not exist",
        "400|9106|Missing X-Auth-Key|NOT_PERMITTED|not_authenticated|copied completely",
        "403|1003|Forbidden|NOT_PERMITTED|not_permitted|Cloud Email Security: Read",
        "403|1003|not available in the current subscription|NOT_PERMITTED|not_entitled|account id",
        "404|7003|Could not route|NOT_PERMITTED|not_found|account id",
        "400|7003|Could not route|NOT_PERMITTED|not_found|account id",
        "400|1004|pattern may be given once|UNEXPECTED|refused|ray",
        "422|1004|odd|UNEXPECTED|refused|ray"
      })
  void anAnswerSaysWhoHasToDoWhat(
      int status, int code, String message, ExitCode exit, String name, String hint) {
    Failure failure = failureOf(Fault.status(status, code, message), Duration.ofSeconds(20));
    assertThat(failure.exit()).isEqualTo(exit);
    assertThat(failure.code()).isEqualTo(name);
    assertThat(failure.hint()).contains(hint);
    assertThat(failure.message()).contains("HTTP " + status, message);
    assertThat(failure.httpStatus()).isEqualTo(status);
    assertThat(failure.ray()).isNotBlank();
  }

  @Test
  void anAnswerForWhichThereIsNoMemorySaysHowToGiveMore() {
    Failure failure =
        Diagnosis.of(new IllegalStateException("GET x: no memory", new NotEnoughMemory(4 << 20)));

    assertThat(failure.code()).isEqualTo("out_of_memory");
    assertThat(failure.hint()).contains("-Xmx");
  }

  @Test
  void whatWentWrongIsSaidEvenIfItCouldNotBeTidiedUpAfterIt() {
    Mono<Object> failed = closing(Mono.error(new NoSuchFileException("work")));

    assertThat(Diagnosis.of(catchThrowable(failed::block)).message()).contains("work");
  }

  @Test
  void whatCouldNotBeTidiedUpIsSaid() {
    Mono<Object> unclosed = closing(Mono.just("done"));

    Failure failure = Diagnosis.of(catchThrowable(unclosed::block));
    assertThat(failure.message()).contains("kept");
    assertThat(failure.code()).isNotEqualTo("unexpected");
  }

  private static Mono<Object> closing(Mono<Object> work) {
    return Mono.usingWhen(
        Mono.just("open"), open -> work, open -> Mono.error(new AccessDeniedException("kept")));
  }

  @Test
  void whatNoWaitingChangesEndsARunWithExit5() {
    for (int status : new int[] {200, 400, 404, 511}) {
      Failure page = failureOf(Fault.html(status), Duration.ofSeconds(20));
      assertThat(page.exit()).describedAs("%d", status).isEqualTo(ExitCode.NOT_PERMITTED);
      assertThat(page.code()).isEqualTo("web_page");
      assertThat(page.hint()).contains("base URL");
    }
    Failure locked =
        failureOf(Fault.failure(10000, "Authentication error"), Duration.ofSeconds(20));
    assertThat(locked.exit()).isEqualTo(ExitCode.NOT_PERMITTED);
    assertThat(locked.code()).isEqualTo("no_access");
    assertThat(locked.message()).contains("HTTP 200", "10000 Authentication error");
  }

  /** As a disk of backups that is not mounted. */
  @Test
  void aLinkToADirectoryThatIsNotThereIsSaidToBeOne(@TempDir Path directory) throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("backups"), directory.resolve("gone"));

    Failure failure = Diagnosis.of(catchThrowable(() -> PrivateFiles.createDirectories(link)));
    assertThat(failure.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(failure.message()).contains("the link " + link + " leads to something");
    assertThat(failure.hint()).contains("mounted");
  }

  @Test
  void aDiskForReadingAloneIsSaidToBeOne() {
    Failure failure =
        Diagnosis.of(new FileSystemException("backups", null, "Read-only file system"));
    assertThat(failure.code()).isEqualTo("read_only");
    assertThat(failure.message()).contains("backups");
    assertThat(failure.hint()).contains("another disk");
  }

  @Test
  void aNameThatNoFileCanHaveIsRefused() {
    Failure failure = Diagnosis.of(new InvalidPathException("a\0b", "Nul character not allowed"));
    assertThat(failure.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(failure.message()).startsWith("'a\0b' cannot name a file");
  }

  @Test
  void anOutageIsGivenUpWithTheLastAnswersStatus() {
    Failure failure = failureOf(Fault.status(503), Duration.ofSeconds(1));
    assertThat(failure.exit()).isEqualTo(ExitCode.GAVE_UP);
    assertThat(failure.code()).isEqualTo("gave_up");
    assertThat(failure.hint()).contains("--max-outage");
    assertThat(failure.httpStatus()).isEqualTo(503);
    assertThat(failure.ray()).isNotBlank();
  }

  @Test
  void whoHasNoFlagsIsToldOfNone() {
    Throwable outage =
        new OutageException("lost", Instant.EPOCH, Duration.ofMinutes(15), new IOException("lost"));

    assertThat(Diagnosis.of(outage).hint()).contains("--max-outage");
    assertThat(Diagnosis.of(outage, OptionNames.API).hint()).isEqualTo("try again later");
  }

  @Test
  void aHostThatRefusesMakesOneThinkOfTheNetwork() {
    Sandbox gone = Sandbox.builder().start();
    gone.close();
    ExportRig rig = new ExportRig(gone, directory).maxOutage(Duration.ofSeconds(1));
    Failure failure = Diagnosis.of(catchThrowable(rig::export));
    assertThat(failure.exit()).isEqualTo(ExitCode.GAVE_UP);
    assertThat(failure.hint()).contains("base URL", "HTTPS_PROXY");
  }

  @ParameterizedTest
  @ValueSource(strings = {"No space left on device", "Disk quota exceeded"})
  void aFullDiskIsCalledThat(String reason) {
    for (Throwable error :
        new Throwable[] {
          new IOException(reason),
          new UncheckedIOException(new IOException(reason)),
          new FileSystemException("/backups/x", null, reason),
          Exceptions.propagate(new IOException(reason))
        }) {
      assertFailure(error, ExitCode.UNEXPECTED, "disk_full", "make room");
    }
  }

  @Test
  void anAccessThatWasDeniedIsCalledThat() {
    Failure failure =
        assertFailure(
            new AccessDeniedException("/backups"), ExitCode.UNEXPECTED, "access_denied", "owns");
    assertThat(failure.message()).contains("/backups");
  }

  @Test
  void ofErrorsThatComeTogetherTheOneToActOnCounts() {
    Throwable several =
        Exceptions.multiple(
            new IllegalStateException("odd"),
            new UsageException("no such thing", null),
            new IllegalStateException("odd"));
    assertThat(Diagnosis.of(several).exit()).isEqualTo(ExitCode.USAGE);
    assertThat(Diagnosis.of(Exceptions.multiple(new IllegalStateException("odd"))).exit())
        .isEqualTo(ExitCode.UNEXPECTED);
  }

  @Test
  void aMissingFileIsUsage() {
    Failure failure =
        assertFailure(
            new NoSuchFileException("/x/y"), ExitCode.USAGE, "no_such_file", "spelled right");
    assertThat(failure.message()).isEqualTo("there is no /x/y");
  }

  @Test
  void anyOtherFailureOfFilesIsSaidInItsWords() {
    Failure failure =
        assertFailure(
            new FileSystemException("/x", null, "Input/output error"),
            ExitCode.UNEXPECTED,
            "io",
            "-v");
    assertThat(failure.message()).contains("/x", "Input/output error");
  }

  @Test
  void aDirectoryInUseIsUsage() throws IOException {
    try (DirectoryLock held = DirectoryLock.take(directory)) {
      assertThat(held).isNotNull();
      Throwable error = catchThrowable(() -> DirectoryLock.take(directory));
      assertFailure(error, ExitCode.USAGE, "directory_in_use", "another directory");
    }
  }

  @Test
  void whatIsNoSnapshotFailsVerification() {
    Throwable error = catchThrowable(() -> Snapshot.open(directory));
    assertFailure(error, ExitCode.VERIFICATION_FAILED, "not_a_snapshot", "export --to");
  }

  @Test
  void usageKeepsItsOwnHint() {
    assertFailure(new UsageException("no", "do this"), ExitCode.USAGE, "usage", "do this");
  }

  @Test
  void anInterruptionIsNoFault() {
    StopSignal stop = new StopSignal();
    stop.stop();
    Throwable error =
        catchThrowable(() -> stop.orStop(reactor.core.publisher.Mono.never()).block());
    Failure failure = Diagnosis.of(error);
    assertThat(failure.exit()).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(failure.exit().number()).isEqualTo(130);
  }

  @Test
  void tooLittleMemoryIsCalledThat() {
    assertFailure(new OutOfMemoryError("heap"), ExitCode.UNEXPECTED, "out_of_memory", "-Xmx");
  }

  @Test
  void whateverElseHappensIsADefectOfOurs() {
    Failure failure =
        assertFailure(new IllegalStateException(), ExitCode.UNEXPECTED, "unexpected", "-v");
    assertThat(failure.message()).contains("IllegalStateException");
  }

  @ParameterizedTest
  @CsvSource({
    "OK,0",
    "UNEXPECTED,1",
    "USAGE,2",
    "ROWS_FAILED,3",
    "REFUSED,4",
    "NOT_PERMITTED,5",
    "GAVE_UP,6",
    "FATE_UNKNOWN,7",
    "DIFFERENT,8",
    "VERIFICATION_FAILED,9",
    "INTERRUPTED,130"
  })
  void exitCodesAreThoseThatScriptsKnow(ExitCode exit, int number) {
    assertThat(exit.number()).isEqualTo(number);
  }

  private static Failure assertFailure(Throwable error, ExitCode exit, String code, String hint) {
    Failure failure = Diagnosis.of(error);
    assertThat(failure.exit()).isEqualTo(exit);
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.hint()).contains(hint);
    return failure;
  }

  private Failure failureOf(Fault fault, Duration maxOutage) {
    try (Sandbox sandbox = Sandbox.builder().start()) {
      sandbox.faults().everywhere().then(fault);
      ExportRig rig = new ExportRig(sandbox, directory).maxOutage(maxOutage);
      return Diagnosis.of(catchThrowable(rig::export));
    }
  }
}
