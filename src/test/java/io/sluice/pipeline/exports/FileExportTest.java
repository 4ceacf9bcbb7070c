package io.sluice.pipeline.exports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.config.UsageException;
import io.sluice.disk.DirectoryLock;
import io.sluice.format.RowFormat;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.Diagnosis;
import io.sluice.pipeline.ExportRig;
import io.sluice.pipeline.RunEvent;
import io.sluice.report.ExitCode;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.fault.Fault;
import io.sluice.snapshot.ResourceEntry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** An export to one file is that file, whole, or nothing at all. */
final class FileExportTest {
  private static final String LIST = "block_senders";

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = Sandbox.builder().start();

  FileExportTest() {
    sandbox.account().seed(LIST, 2_500);
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void theFileHoldsEveryRecordAndNothingElseIsLeft() throws IOException {
    Path target = directory.resolve("out.jsonl");
    ResourceEntry entry = export(target);
    assertThat(Files.readString(target)).isEqualTo(everything());
    assertThat(entry.rows()).isEqualTo(2_500);
    assertThat(found()).containsExactly("out.jsonl");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
        .isEqualTo("rw-------");
  }

  @Test
  void aMissingDirectoryIsRefusedBeforeAnythingIsSent() {
    Path target = directory.resolve("misspelled").resolve("out.jsonl");
    assertThat(catchThrowable(() -> export(target))).isInstanceOf(UsageException.class);
    assertThat(sandbox.requestLog().total()).isZero();
  }

  @Test
  void anExistingFileIsReplacedOnlyAtTheEnd() throws IOException {
    Path target = Files.writeString(directory.resolve("out.jsonl"), "yesterday");
    sandbox
        .faults()
        .onPage(LIST, 3)
        .then(Fault.then(account -> assertThat(target).hasContent("yesterday")));
    export(target);
    assertThat(Files.readString(target)).isEqualTo(everything());
  }

  @Test
  void aFailureKeepsWhatWasThereAndLeavesNothing() throws IOException {
    Path target = Files.writeString(directory.resolve("out.jsonl"), "yesterday");
    sandbox.faults().onPage(LIST, 2).then(Fault.status(403));
    assertThat(Diagnosis.of(catchThrowable(() -> export(target))).exit())
        .isEqualTo(ExitCode.NOT_PERMITTED);
    assertThat(target).hasContent("yesterday");
    assertThat(found()).containsExactly("out.jsonl");
  }

  @Test
  void whatAKilledRunLeftIsRemoved() throws IOException {
    Path work = Files.createDirectory(directory.resolve(".out.jsonl.sluice-123"));
    Files.writeString(work.resolve(".block-senders.jsonl.1"), "{\"id\":");
    Files.writeString(work.resolve(DirectoryLock.FILE), "");
    Path target = directory.resolve("out.jsonl");
    export(target);
    assertThat(Files.readString(target)).isEqualTo(everything());
    assertThat(found()).containsExactly("out.jsonl");
  }

  @Test
  void aLinkOrADirectoryOfSomebodyElseIsLeftAlone() throws IOException {
    Path precious = Files.createDirectory(directory.resolve("precious"));
    Files.writeString(precious.resolve("letter"), "mine");
    Files.createSymbolicLink(directory.resolve(".out.jsonl.sluice-1"), precious);
    Path foreign = Files.createDirectory(directory.resolve(".out.jsonl.sluice-2"));
    Files.writeString(foreign.resolve(DirectoryLock.FILE), "");
    Files.writeString(foreign.resolve("letter"), "mine too");

    export(directory.resolve("out.jsonl"));

    assertThat(precious.resolve("letter")).hasContent("mine");
    assertThat(foreign.resolve("letter")).hasContent("mine too");
  }

  @Test
  void aSecondRunOnTheSameFileDoesNotDisturbTheFirst() throws Exception {
    Path target = directory.resolve("out.jsonl");
    CompletableFuture<Void> begun = new CompletableFuture<>();
    CompletableFuture<ResourceEntry> second = begun.thenApplyAsync(now -> export(target));
    sandbox
        .faults()
        .onPage(LIST, 2)
        .times(1)
        .then(Fault.then(account -> begun.complete(null)), Fault.delay(Duration.ofMillis(300)));
    export(target);
    assertThat(second.get(20, TimeUnit.SECONDS).rows()).isEqualTo(2_500);
    assertThat(Files.readString(target)).isEqualTo(everything());
    assertThat(found()).containsExactly("out.jsonl");
  }

  @Test
  void aDirectoryIsRefusedBeforeAnythingIsSent() {
    assertThat(catchThrowable(() -> export(directory))).isInstanceOf(UsageException.class);
    assertThat(sandbox.requestLog().total()).isZero();
  }

  @Test
  void aPipeIsWrittenInto() throws Exception {
    Path pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    CompletableFuture<String> read =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Files.readString(pipe);
              } catch (IOException failed) {
                throw new java.io.UncheckedIOException(failed);
              }
            });
    export(pipe);
    assertThat(read.get(10, TimeUnit.SECONDS)).isEqualTo(everything());
    assertThat(found()).containsExactly("pipe");
  }

  @Test
  void aDeviceIsWrittenIntoAndStays() {
    Path device = Path.of("/dev/null");
    assertThat(export(device).rows()).isEqualTo(2_500);
    assertThat(Files.isRegularFile(device)).isFalse();
    assertThat(device).exists();
  }

  @Test
  void aStreamGetsEverythingAtTheEndAndStaysOpen() {
    ByteArrayOutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            throw new AssertionError("closed");
          }
        };
    sandbox.faults().onPage(LIST, 3).then(Fault.then(account -> assertThat(out.size()).isZero()));
    run(rig(), (exporter, progress) -> exporter.toStream(out, progress));
    assertThat(out.toString(UTF_8)).isEqualTo(everything());
  }

  @Test
  void aStreamThatBreaksIsAnErrorOfTheFileSystem() {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    Throwable error =
        catchThrowable(
            () -> run(rig(), (exporter, progress) -> exporter.toStream(broken, progress)));
    assertThat(Diagnosis.of(error).exit()).isEqualTo(ExitCode.UNEXPECTED);
    assertThat(Diagnosis.of(error).message()).contains("Broken pipe");
  }

  @Test
  void aCompressedFileUnpacksToTheSame() throws IOException {
    Path target = directory.resolve("out.jsonl.gz");
    run(rig().as(RowFormat.JSONL, true), (exporter, events) -> exporter.toFile(target, events));
    byte[] bytes = Files.readAllBytes(target);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo(everything());
    }
  }

  private ExportRig rig() {
    return new ExportRig(sandbox, directory);
  }

  private ResourceEntry export(Path target) {
    return run(rig(), (exporter, events) -> exporter.toFile(target, events));
  }

  private static ResourceEntry run(
      ExportRig rig, BiFunction<FileExport, Consumer<RunEvent>, Mono<ResourceEntry>> how) {
    return requireNonNull(
        Mono.usingWhen(
                Mono.fromSupplier(rig::session),
                session -> how.apply(new FileExport(session, rig.request()), event -> {}),
                AccountSession::close)
            .block(Duration.ofSeconds(30)));
  }

  private String everything() {
    return sandbox.account().raw(LIST).stream()
        .map(record -> new String(record, UTF_8) + "\n")
        .collect(Collectors.joining());
  }

  private List<String> found() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
