package io.sluice.snapshot;

import io.sluice.disk.DirectoryInUseException;
import io.sluice.disk.DirectoryLock;
import io.sluice.disk.PrivateFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A directory of snapshots, locked for one run. Blocking: to be used off the event loops. */
public final class SnapshotRoot implements Closeable {
  private final Path directory;
  private final DirectoryLock lock;
  private final List<String> troubles = new ArrayList<>();

  private SnapshotRoot(Path directory, DirectoryLock lock) {
    this.directory = directory;
    this.lock = lock;
  }

  /**
   * Makes the directory if need be, locks it, and removes what an interrupted run left there.
   *
   * @throws DirectoryInUseException if another run is at work there
   */
  public static SnapshotRoot open(Path directory) throws IOException {
    PrivateFiles.createDirectories(directory);
    SnapshotRoot root = new SnapshotRoot(directory, DirectoryLock.take(directory));
    try {
      root.sweep();
    } catch (IOException | RuntimeException unsweepable) {
      root.close();
      throw unsweepable;
    }
    return root;
  }

  /**
   * Begins a snapshot that is named after {@code start}; empty if that second's name is taken, so
   * that the caller tries the next.
   */
  public Optional<SnapshotDraft> begin(Instant start) throws IOException {
    String name = SnapshotName.at(start);
    Path target = directory.resolve(name);
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    Path partial = directory.resolve(SnapshotName.partial(name));
    PrivateFiles.createDirectory(partial);
    return Optional.of(new SnapshotDraft(partial, target));
  }

  /** The complete snapshots here, the oldest first. What is none is passed over. */
  public List<Snapshot> snapshots() throws IOException {
    return Snapshot.in(directory);
  }

  /**
   * The newest snapshot of that account at that API, by its name, among the newest few here. What
   * cannot be read is passed over.
   */
  public Optional<Snapshot> latest(String account, String api) throws IOException {
    return Snapshot.latest(directory, account, api);
  }

  /**
   * Removes a snapshot, if it is a direct child of this directory and holds nothing that Sluice did
   * not write.
   *
   * @return whether it was removed; if not, {@link #troubles()} tells why
   */
  public boolean remove(Snapshot snapshot) {
    try {
      return removeIfOwn(snapshot);
    } catch (IOException unremovable) {
      troubles.add(
          "the old snapshot " + snapshot.directory() + " cannot be removed: " + unremovable);
      return false;
    }
  }

  /** Reports that a snapshot stays, for a reason that goes with its time. */
  void leave(Snapshot snapshot, String reason) {
    troubles.add(
        snapshot.directory()
            + " says that it was made at "
            + snapshot.manifest().finishedAt().truncatedTo(ChronoUnit.SECONDS)
            + ", "
            + reason);
  }

  private boolean removeIfOwn(Snapshot snapshot) throws IOException {
    if (!directory.equals(snapshot.directory().getParent()) || !snapshot.holdsOnlyItsOwn()) {
      troubles.add(
          "the old snapshot "
              + snapshot.directory()
              + " stays, since it holds something that Sluice did not write");
      return false;
    }
    Path doomed =
        directory.resolve(SnapshotName.removing(snapshot.directory().getFileName().toString()));
    Files.move(snapshot.directory(), doomed, StandardCopyOption.ATOMIC_MOVE);
    PlainDirectory.delete(doomed);
    return true;
  }

  /** Keeps and reports what cannot be removed; it must not prevent the next backup. */
  private void sweep() throws IOException {
    for (Path entry : PlainDirectory.entries(directory)) {
      if (SnapshotName.isLeftover(entry.getFileName().toString()) && PlainDirectory.is(entry)) {
        try {
          PlainDirectory.delete(entry);
        } catch (IOException unremovable) {
          troubles.add("what an interrupted run left cannot be removed: " + unremovable);
        }
      }
    }
  }

  /** Warnings about side effects, in words. */
  public List<String> troubles() {
    return List.copyOf(troubles);
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
