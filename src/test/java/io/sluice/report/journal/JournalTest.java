package io.sluice.report.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.report.Action;
import io.sluice.report.Outcome;
import io.sluice.report.TestRun;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

final class JournalTest {
  private final TestRun run = new TestRun();

  @AfterEach
  void remove() {
    run.close();
  }

  @Test
  void headerIsReadBackAsItWasWritten() throws IOException {
    TestRun.await(run.begin().close());

    assertThat(JournalReader.header(run.path)).contains(TestRun.header(1000));
  }

  @Test
  void onlyTheOwnerReadsTheJournal() throws IOException {
    TestRun.await(run.begin().close());

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(run.path)))
        .isEqualTo("rw-------");
  }

  @Test
  void aJournalIsNotBegunTwice() throws IOException {
    TestRun.await(run.begin().close());

    assertThatThrownBy(run::begin).isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void aHeaderCutShortIsBegunAgain() throws IOException {
    Files.writeString(run.path, "{\"t\":\"header\",\"f\":1");

    TestRun.await(run.begin().close());

    assertThat(JournalReader.header(run.path)).contains(TestRun.header(1000));
  }

  @Test
  void intentIsInTheFileWhenItCompletes() throws IOException {
    Journal journal = run.begin();

    Flux<Boolean> seen =
        Flux.range(1, 300)
            .flatMap(
                row ->
                    journal
                        .intent(Action.CREATE, row)
                        .then(Mono.fromCallable(() -> lines().contains("\"rows\":[" + row + "]"))),
                32);

    StepVerifier.create(seen.all(Boolean::booleanValue)).expectNext(true).verifyComplete();
    TestRun.await(journal.close());
  }

  @Test
  void nothingIsWrittenBeforeItIsSubscribedTo() throws IOException {
    Journal journal = run.begin();
    Mono<Void> unused = journal.intent(Action.CREATE, 1);

    TestRun.await(journal.close());

    assertThat(Files.readAllLines(run.path)).hasSize(1);
  }

  @Test
  void manyThreadsLoseNothingAndKeepIntentBeforeResult() throws IOException {
    Journal journal = run.begin();
    int rows = 4000;

    Mono<Void> all =
        Flux.range(1, rows)
            .parallel(8)
            .runOn(Schedulers.parallel())
            .flatMap(
                row ->
                    journal
                        .intent(Action.CREATE, row)
                        .then(journal.result(TestRun.result(row, Outcome.CREATED))),
                false,
                64)
            .then();
    TestRun.await(all.then(journal.close()));

    List<Long> intended = new ArrayList<>();
    List<Long> finished = new ArrayList<>();
    for (String line : Files.readAllLines(run.path)) {
      byte[] bytes = line.getBytes(java.nio.charset.StandardCharsets.UTF_8);
      JournalEntry entry = JournalParsing.entry(bytes, 0, bytes.length);
      if (entry instanceof JournalEntry.Intent intent) {
        intended.addAll(intent.rows());
      } else if (entry instanceof JournalEntry.Result result) {
        assertThat(intended).contains(result.row().row());
        finished.add(result.row().row());
      }
    }
    assertThat(finished)
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, rows).boxed().toList());
  }

  @Test
  void closingWaitsForEveryResult() throws IOException {
    Journal journal = run.begin();
    for (int row = 1; row <= 20_000; row++) {
      TestRun.await(journal.result(TestRun.result(row, Outcome.SKIPPED)));
    }

    TestRun.await(journal.close());

    assertThat(Files.readAllLines(run.path)).hasSize(20_001);
  }

  @Test
  void resultsAreFoundThoughAFencedProcessWroteBetweenThem() throws IOException {
    TestRun.await(run.begin().close());
    try (JournalReader past = JournalReader.open(run.path)) {
      Journal journal = Journal.resume(run.path, past, 2, TestRun.START);
      TestRun.await(journal.intent(Action.CREATE, 1, 2));
      TestRun.await(journal.result(TestRun.result(1, Outcome.CREATED)));
      TestRun.await(journal.intent(Action.CREATE, 3));
      JournalEntry late = new JournalEntry.Result(1, TestRun.result(2, Outcome.FAILED));
      Files.write(run.path, JournalWording.line(late), StandardOpenOption.APPEND);
      TestRun.await(journal.result(TestRun.result(2, Outcome.CREATED)));
      TestRun.await(journal.close());

      try (ResultIndex results = journal.results()) {
        assertThat(results.result(1)).contains(TestRun.result(1, Outcome.CREATED));
        assertThat(results.result(2)).contains(TestRun.result(2, Outcome.CREATED));
        assertThat(results.result(3)).isEmpty();
      }
    }
  }

  @Test
  void aClosedJournalTakesNothing() throws IOException {
    Journal journal = run.begin();
    TestRun.await(journal.close());

    StepVerifier.create(journal.intent(Action.CREATE, 1))
        .verifyErrorMessage("the journal is closed");
    StepVerifier.create(journal.result(TestRun.result(1, Outcome.CREATED)))
        .verifyErrorMessage("the journal is closed");
  }

  @Test
  void aFullDiskIsToldToEveryWaiterAndEveryoneLater() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "Linux has a device that is always full");
    GroupCommit commit =
        new GroupCommit(
            JournalFile.open(full, new JournalEntry.Header(TestRun.header(1))),
            Schedulers.boundedElastic());
    AtomicInteger told = new AtomicInteger();

    Mono<Long> all =
        Flux.range(0, 100)
            .flatMap(
                row ->
                    commit
                        .force(new byte[] {'1', '\n'}, offset -> {})
                        .onErrorResume(
                            failure -> {
                              assertThat(failure).hasMessageContaining("No space left");
                              told.incrementAndGet();
                              return Mono.empty();
                            }),
                100)
            .count();

    TestRun.await(all);
    assertThat(told).hasValue(100);
    StepVerifier.create(commit.queue(new byte[] {'2'}, offset -> {}))
        .verifyError(IOException.class);
    StepVerifier.create(commit.close()).verifyError(IOException.class);
  }

  @Test
  void aJournalCutShortBySomebodyElseIsAnError() throws IOException {
    Journal journal = run.begin();
    Files.write(run.path, new byte[0]);

    StepVerifier.create(journal.intent(Action.CREATE, 1))
        .verifyErrorSatisfies(failure -> assertThat(failure).hasMessageContaining("cut short"));
    StepVerifier.create(journal.result(TestRun.result(1, Outcome.CREATED)))
        .verifyErrorSatisfies(failure -> assertThat(failure).hasMessageContaining("cut short"));
  }

  private String lines() throws IOException {
    return Files.readString(run.path);
  }
}
