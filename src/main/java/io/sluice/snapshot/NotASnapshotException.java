package io.sluice.snapshot;

import java.io.IOException;
import java.nio.file.Path;

/** A directory that was taken for a snapshot is none, or none that this Sluice can read. */
public final class NotASnapshotException extends IOException {
  private static final long serialVersionUID = 1L;

  NotASnapshotException(Path directory, String why) {
    super(directory + " is not a snapshot: " + why);
  }
}
