package io.sluice.snapshot;

import io.sluice.disk.PrivateFiles;
import io.sluice.disk.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A snapshot that is being written: a hidden directory beside the place where it will appear,
 * whole, once it is finished.
 */
public final class SnapshotDraft {
  private final Path partial;
  private final Path target;

  SnapshotDraft(Path partial, Path target) {
    this.partial = partial;
    this.target = target;
  }

  /** Where files are written until the snapshot is finished. */
  public Path directory() {
    return partial;
  }

  /** Writes the manifest, waits for the disk, and makes the snapshot appear. */
  public Snapshot finish(Manifest manifest) throws IOException {
    try (StoredFile file = new StoredFile(partial.resolve(Manifest.FILE))) {
      file.write(ManifestFile.bytes(manifest));
    }
    PrivateFiles.sync(partial);
    Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    Path root = target.getParent();
    if (root != null) {
      PrivateFiles.sync(root);
    }
    return Snapshot.open(target);
  }

  /** Removes everything that was written. */
  public void discard() throws IOException {
    if (Files.exists(partial)) {
      PlainDirectory.delete(partial);
    }
  }
}
