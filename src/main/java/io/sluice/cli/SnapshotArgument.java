package io.sluice.cli;

import io.sluice.config.UsageException;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A snapshot as people name it: by its directory. */
final class SnapshotArgument {
  private SnapshotArgument() {}

  /**
   * Opens it; its files are not looked at.
   *
   * @throws UsageException if there is no such directory, or it is one of several snapshots
   */
  static Snapshot open(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new UsageException("there is no directory " + directory, null);
    }
    if (!Files.exists(directory.resolve(Manifest.FILE))) {
      List<Snapshot> inside = Snapshot.in(directory);
      if (!inside.isEmpty()) {
        throw new UsageException(
            directory + " holds " + inside.size() + " snapshots; one of them is wanted",
            "the newest is " + inside.get(inside.size() - 1).directory());
      }
    }
    return Snapshot.open(directory);
  }
}
