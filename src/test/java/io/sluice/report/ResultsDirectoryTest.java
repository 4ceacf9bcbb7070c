package io.sluice.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.disk.DirectoryInUseException;
import io.sluice.report.journal.Journal;
import io.sluice.report.journal.JournalReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ResultsDirectoryTest {
  private final TestRun run = new TestRun();
  private final Path path = run.directory.resolve("results/one");

  @AfterEach
  void remove() {
    run.close();
  }

  @Test
  void itIsMadeForItsOwnerAlone() throws IOException {
    try (ResultsDirectory results = ResultsDirectory.begin(path)) {
      assertThat(results.begun()).isEmpty();
      assertThat(permissions(path)).isEqualTo("rwx------");
      assertThat(permissions(results.scratch())).isEqualTo("rwx------");
    }
  }

  @Test
  void theScratchGoesWithTheRun() throws IOException {
    Path scratch;
    try (ResultsDirectory results = ResultsDirectory.begin(path)) {
      scratch = results.scratch();
      Files.createDirectories(scratch.resolve("deep"));
      Files.createSymbolicLink(scratch.resolve("deep/link"), run.directory);
      Files.writeString(scratch.resolve("spool"), "x");
    }

    assertThat(scratch).doesNotExist();
    assertThat(run.directory).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"report.csv", "failed.csv", "failed.jsonl", "summary.json"})
  void aUsedOneIsRefusedAndSaysWhatToDo(String name) throws IOException {
    Files.createDirectories(path);
    Files.writeString(path.resolve(name), "earlier");

    assertThatThrownBy(() -> ResultsDirectory.begin(path))
        .isInstanceOf(ResultsUsedException.class)
        .hasMessageContaining("--resume");
    try (ResultsDirectory results = ResultsDirectory.resume(path)) {
      assertThat(results.begun()).isEmpty();
    }
  }

  @Test
  void aJournalMakesItUsedAndResumable() throws IOException {
    try (ResultsDirectory results = ResultsDirectory.begin(path)) {
      TestRun.await(Journal.begin(results.journal(), TestRun.header(3)).close());
    }

    assertThatThrownBy(() -> ResultsDirectory.begin(path)).isInstanceOf(ResultsUsedException.class);
    try (ResultsDirectory results = ResultsDirectory.resume(path)) {
      assertThat(results.begun()).contains(TestRun.header(3));
    }
  }

  @Test
  void aHeaderCutShortBeginsFromTheStart() throws IOException {
    Files.createDirectories(path);
    Files.writeString(path.resolve("journal.ndjson"), "{\"t\":\"header\"");

    try (ResultsDirectory results = ResultsDirectory.begin(path)) {
      assertThat(results.begun()).isEmpty();
      TestRun.await(Journal.begin(results.journal(), TestRun.header(3)).close());
    }
    assertThat(JournalReader.header(path.resolve("journal.ndjson"))).isPresent();
  }

  @Test
  void aRefusedDirectoryIsLeftUnlocked() throws IOException {
    Files.createDirectories(path);
    Files.writeString(path.resolve("report.csv"), "earlier");
    assertThatThrownBy(() -> ResultsDirectory.begin(path)).isInstanceOf(ResultsUsedException.class);

    ResultsDirectory.resume(path).close();
  }

  @Test
  void twoRunsOfOneProcessDoNotShareIt() throws IOException {
    try (ResultsDirectory results = ResultsDirectory.begin(path)) {
      assertThat(results.path()).isEqualTo(path);
      assertThatThrownBy(() -> ResultsDirectory.resume(path))
          .isInstanceOf(DirectoryInUseException.class);
    }
  }

  @Test
  void twoProcessesDoNotShareIt() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                path.toString())
            .redirectErrorStream(true)
            .start();
    try (var said = other.inputReader()) {
      assertThat(said.readLine()).isEqualTo("held");

      assertThatThrownBy(() -> ResultsDirectory.resume(path))
          .isInstanceOf(DirectoryInUseException.class);
    } finally {
      other.destroyForcibly().waitFor();
    }
    ResultsDirectory.resume(path).close();
  }

  /** Holds a results directory until it is killed. */
  static final class Holder {
    public static void main(String[] arguments) throws IOException {
      ResultsDirectory held = ResultsDirectory.begin(Path.of(arguments[0]));
      System.out.println("held");
      while (System.in.read() >= 0) {
        System.out.println(held.path());
      }
    }
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
