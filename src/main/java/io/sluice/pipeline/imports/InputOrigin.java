package io.sluice.pipeline.imports;

import io.sluice.plan.Origin;
import io.sluice.snapshot.ResourceEntry;
import io.sluice.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the rows of a file come from, as far as the manifest beside it tells.
 *
 * @param partial why the file does not hold all of its account's records, or null if it may
 */
public record InputOrigin(Origin origin, @Nullable String partial) {
  /** Nothing is known. */
  public static final InputOrigin UNKNOWN = new InputOrigin(Origin.UNKNOWN, null);

  /** Looks for a manifest beside the file; {@code accountId} is the account to write to. */
  public static InputOrigin of(Path file, String accountId) throws IOException {
    Snapshot snapshot = Snapshot.around(file).orElse(null);
    if (snapshot == null) {
      return UNKNOWN;
    }
    return of(snapshot, snapshot.manifest().resources().get(0), accountId);
  }

  /** Of a file of a snapshot. */
  public static InputOrigin of(Snapshot snapshot, ResourceEntry entry, String accountId) {
    boolean same = snapshot.manifest().accountId().equals(accountId);
    return new InputOrigin(same ? Origin.THIS_ACCOUNT : Origin.OTHER_ACCOUNT, partial(entry));
  }

  private static @Nullable String partial(ResourceEntry entry) {
    if (!entry.filters().isEmpty()) {
      return "it was narrowed down to " + entry.where();
    }
    return entry.consistent() ? null : "its manifest says that it is not consistent";
  }
}
