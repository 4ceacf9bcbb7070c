package io.sluice.report.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.report.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.test.scheduler.VirtualTimeScheduler;

/** When lines go to the disk. */
final class GroupCommitTest {
  private static final Duration SHARED = Duration.ofMillis(2);

  @TempDir private Path directory = Path.of("");
  private final VirtualTimeScheduler disk = VirtualTimeScheduler.create();
  private final List<Long> offsets = new ArrayList<>();
  private @Nullable GroupCommit opened;

  @BeforeEach
  void open() throws IOException {
    JournalEntry header = new JournalEntry.Header(TestRun.header(1));
    opened = new GroupCommit(JournalFile.open(path(), header), disk);
  }

  @AfterEach
  void close() {
    commit().close().subscribe();
    disk.advanceTime();
    disk.dispose();
  }

  @Test
  void linesThatNobodyWaitsForShareTheWayToTheDisk() throws IOException {
    queue(0, 100);
    disk.advanceTimeBy(SHARED.minusNanos(1));
    assertThat(lines()).isEmpty();

    disk.advanceTimeBy(Duration.ofNanos(1));
    assertThat(lines()).containsExactlyElementsOf(numbers(0, 100));
    assertThat(offsets).hasSize(100).isSorted().startsWith(0L);
  }

  @Test
  void aLineThatIsWaitedForTakesThoseBeforeItAlong() throws IOException {
    queue(0, 3);
    List<String> told = new ArrayList<>();
    commit().force(line(3), offsets::add).subscribe(nothing -> {}, e -> {}, () -> told.add("yes"));
    disk.advanceTime();
    assertThat(lines()).containsExactlyElementsOf(numbers(0, 4));
    assertThat(told).containsExactly("yes");
  }

  @Test
  void whatComesAfterItWaitsForItsOwnTime() throws IOException {
    queue(0, 1);
    disk.advanceTimeBy(SHARED.dividedBy(2));
    commit().force(line(1), offsets::add).subscribe();
    disk.advanceTime();
    queue(2, 3);
    disk.advanceTimeBy(SHARED);
    assertThat(lines()).containsExactlyElementsOf(numbers(0, 3));
    queue(3, 4);
    disk.advanceTimeBy(SHARED);
    assertThat(lines()).containsExactlyElementsOf(numbers(0, 4));
  }

  @Test
  void theLastLineWaitsForNoTime() throws IOException {
    queue(0, 2);
    List<String> told = new ArrayList<>();
    commit().close().subscribe(nothing -> {}, e -> {}, () -> told.add("closed"));
    disk.advanceTime();
    assertThat(lines()).containsExactlyElementsOf(numbers(0, 2));
    assertThat(told).containsExactly("closed");
    disk.advanceTimeBy(SHARED);
    assertThat(lines()).hasSize(2);
  }

  private void queue(int from, int to) {
    for (int i = from; i < to; i++) {
      commit().queue(line(i), offsets::add).subscribe();
    }
  }

  private static byte[] line(int number) {
    return (number + "\n").getBytes(UTF_8);
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString).toList();
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(path());
  }

  private Path path() {
    return directory.resolve("journal.ndjson");
  }

  private GroupCommit commit() {
    if (opened == null) {
      throw new IllegalStateException("not opened");
    }
    return opened;
  }
}
