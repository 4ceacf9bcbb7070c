package io.sluice.snapshot;

import java.io.IOException;
import java.util.stream.Collectors;

/** A snapshot's files are not what its manifest says, so that nothing should rest on them. */
public final class DamagedSnapshotException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What a verification found that is not {@link Verification#sound()}. */
  public DamagedSnapshotException(Verification found) {
    super(
        "the snapshot "
            + found.snapshot().directory()
            + " is damaged: "
            + found.files().stream()
                .filter(file -> !file.sound())
                .map(file -> file.entry().file() + ": " + String.join(", ", file.problems()))
                .collect(Collectors.joining("; ")));
  }
}
