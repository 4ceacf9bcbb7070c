package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

final class ScratchDirectoryTest {
  @TempDir private Path parent = Path.of("");

  @Test
  void goesWithAllThatIsInIt() throws IOException {
    try (ScratchDirectory scratch = ScratchDirectory.in(parent, "diff")) {
      Files.writeString(scratch.directory().resolve("rows.jsonl"), "{}");
    }

    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void whatAKilledRunLeftGoesWithTheNext() throws IOException {
    Path left = Files.createDirectory(parent.resolve(".diff.sluice-1"));
    Files.createFile(left.resolve(".sluice.lock"));
    Files.writeString(left.resolve("rows.jsonl"), "{}");
    Path others = Files.createDirectory(parent.resolve(".diff.sluice-2"));
    Files.writeString(others.resolve("letter.txt"), "dear");

    ScratchDirectory.in(parent, "diff").close();

    assertThat(left).doesNotExist();
    assertThat(others.resolve("letter.txt")).exists();
  }

  /** Each looks for what others have left, and finds what they are just removing. */
  @Test
  void runsThatBeginAndEndAtOnceDoNotDisturbEachOther() {
    Flux<Integer> runs =
        Flux.range(0, 2_000)
            .parallel(8)
            .runOn(Schedulers.boundedElastic())
            .doOnNext(run -> use())
            .sequential();

    StepVerifier.create(runs.then()).verifyComplete();

    assertThat(parent).isEmptyDirectory();
  }

  private void use() {
    try (ScratchDirectory scratch = ScratchDirectory.in(parent, "diff")) {
      Files.writeString(scratch.directory().resolve("rows.jsonl"), "{}");
    } catch (IOException disturbed) {
      throw new UncheckedIOException(disturbed);
    }
  }
}
