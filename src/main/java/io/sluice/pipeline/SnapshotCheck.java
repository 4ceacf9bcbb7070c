package io.sluice.pipeline;

import io.sluice.catalog.Catalog;
import io.sluice.format.RowCount;
import io.sluice.format.RowFormat;
import io.sluice.snapshot.DamagedSnapshotException;
import io.sluice.snapshot.Snapshot;
import io.sluice.snapshot.Verification;
import io.sluice.snapshot.Verifier;
import java.io.IOException;

/** Verifies snapshots, with the formats that Sluice writes. Blocking. */
public final class SnapshotCheck {
  private SnapshotCheck() {}

  /**
   * Checks every file of the snapshot, for a run that rests on them.
   *
   * @throws DamagedSnapshotException if one is not as it was written
   */
  public static void requireSound(Snapshot snapshot) throws IOException {
    Verification found = verify(snapshot);
    if (!found.sound()) {
      throw new DamagedSnapshotException(found);
    }
  }

  /** Checks every file of the snapshot against its manifest. */
  public static Verification verify(Snapshot snapshot) throws IOException {
    return new Verifier(
            (entry, rows) -> {
              try {
                RowFormat format = RowFormat.named(entry.format());
                return RowCount.of(format, Catalog.get(entry.resource()), rows);
              } catch (IllegalArgumentException unknown) {
                throw new IOException(unknown.getMessage(), unknown);
              }
            })
        .verify(snapshot);
  }
}
