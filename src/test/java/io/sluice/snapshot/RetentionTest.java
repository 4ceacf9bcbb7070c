package io.sluice.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which snapshots go, and that nothing else ever does. */
final class RetentionTest {
  @TempDir private Path directory = Path.of("");
  private @org.jspecify.annotations.Nullable SnapshotRoot open;

  @BeforeEach
  void begin() throws IOException {
    open = SnapshotRoot.open(directory);
  }

  @AfterEach
  void end() throws IOException {
    root().close();
  }

  @Test
  void theOldestBeyondTheNumberGo() throws IOException {
    List<Snapshot> nights = List.of(rig().at(0), rig().at(1), rig().at(2), rig().at(3));
    assertThat(names(new Retention(2).apply(root(), nights.get(3))))
        .isEqualTo(names(nights.subList(0, 2)));
    assertThat(left()).isEqualTo(names(nights.subList(2, 4)));
  }

  @Test
  void keepingOneKeepsTheNewOne() throws IOException {
    rig().at(0);
    Snapshot fresh = rig().at(1);
    new Retention(1).apply(root(), fresh);
    assertThat(left()).isEqualTo(names(List.of(fresh)));
  }

  @Test
  void oneThatIsLaterThanTheNewOneStaysAndTakesNoPlace() throws IOException {
    Snapshot older = rig().at(0);
    Snapshot old = rig().at(1);
    Snapshot ahead = rig().at(9);
    Snapshot fresh = rig().at(2);

    assertThat(names(new Retention(2).apply(root(), fresh))).isEqualTo(names(List.of(older)));
    assertThat(left()).containsAll(names(List.of(old, ahead, fresh)));
    assertThat(root().troubles()).hasSize(1);
    assertThat(root().troubles().get(0)).contains(ahead.directory() + " says that it was made at");
  }

  @Test
  void ageIsWhenItWasFinishedNotWhatItIsCalled() throws IOException {
    Snapshot finishedLast = rig().at(0, 50);
    Snapshot finishedFirst = rig().at(5, 6);
    Snapshot fresh = rig().at(60);
    assertThat(new Retention(2).apply(root(), fresh))
        .extracting(Snapshot::directory)
        .containsExactly(finishedFirst.directory());
    assertThat(finishedLast.directory()).isDirectory();
  }

  @Test
  void othersAccountsResourcesAndFiltersAreNotCountedAndStay() throws IOException {
    rig().ofAccount("other").at(0);
    rig().ofResource("domains").at(1);
    rig().filtered("pattern_type", "IP").at(2);
    assertThat(new Retention(1).apply(root(), rig().at(3))).isEmpty();
    assertThat(left()).hasSize(4);
  }

  @Test
  void aNewOneThatMovedMakesNoneGo() throws IOException {
    rig().at(0);
    assertThat(new Retention(1).apply(root(), rig().moved().at(1))).isEmpty();
  }

  @Test
  void oldOnesThatMovedAreNotCountedAmongTheKept() throws IOException {
    Snapshot good = rig().at(0);
    Snapshot moved = rig().moved().at(1);
    Snapshot fresh = rig().at(2);
    assertThat(new Retention(2).apply(root(), fresh)).isEmpty();
    assertThat(good.directory()).isDirectory();
    assertThat(moved.directory()).isDirectory();
  }

  @Test
  void aSnapshotWithAForeignFileStaysWhole() throws IOException {
    Snapshot old = rig().at(0);
    Files.writeString(old.directory().resolve("note.txt"), "mine");
    assertThat(new Retention(1).apply(root(), rig().at(1))).isEmpty();
    assertThat(old.directory().resolve("note.txt")).hasContent("mine");
    assertThat(old.directory().resolve("block-senders.jsonl")).hasContent(SnapshotRig.ROWS.strip());
  }

  @Test
  void aSnapshotWithALinkInsideStays() throws IOException {
    Snapshot old = rig().at(0);
    Path target = Files.writeString(directory.resolve("precious"), "x");
    Files.delete(old.directory().resolve("block-senders.jsonl"));
    Files.createSymbolicLink(old.directory().resolve("block-senders.jsonl"), target);
    new Retention(1).apply(root(), rig().at(1));
    assertThat(target).exists();
    assertThat(old.directory()).isDirectory();
  }

  @Test
  void aLinkToASnapshotElsewhereIsNeitherFollowedNorRemoved() throws IOException {
    Path other = Files.createDirectory(directory.resolve("archive"));
    Path kept;
    try (SnapshotRoot archive = SnapshotRoot.open(other)) {
      kept = new SnapshotRig(archive).at(0).directory();
    }
    Path link = Files.createSymbolicLink(directory.resolve("2026-01-01T000000Z"), kept);
    new Retention(1).apply(root(), rig().at(1));
    assertThat(kept.resolve(Manifest.FILE)).exists();
    assertThat(link).isSymbolicLink();
  }

  @Test
  void directoriesThatAreNoSnapshotsStay() throws IOException {
    Path empty = Files.createDirectory(directory.resolve("2020-01-01T000000Z"));
    Path hidden = Files.createDirectory(directory.resolve(".git"));
    Path renamed = Files.move(rig().at(0).directory(), directory.resolve("before-the-migration"));
    new Retention(1).apply(root(), rig().at(1));
    assertThat(empty).isDirectory();
    assertThat(hidden).isDirectory();
    assertThat(renamed).isDirectory();
  }

  @Test
  void keepingNoneIsRefused() {
    assertThatThrownBy(() -> new Retention(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1");
  }

  private SnapshotRoot root() {
    return java.util.Objects.requireNonNull(open);
  }

  private SnapshotRig rig() {
    return new SnapshotRig(root());
  }

  private List<String> left() throws IOException {
    return names(Snapshot.in(directory));
  }

  private static List<String> names(List<Snapshot> snapshots) {
    return snapshots.stream()
        .map(snapshot -> snapshot.directory().getFileName().toString())
        .sorted()
        .toList();
  }
}
