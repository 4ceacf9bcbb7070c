package io.sluice.snapshot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which old snapshots go when a new one is complete: of the same account, resources and filters,
 * all that are older than the newest {@code keep} consistent ones.
 */
public final class Retention {
  private final int keep;

  /** Keeps the newest {@code keep} snapshots, at least one. */
  public Retention(int keep) {
    if (keep < 1) {
      throw new IllegalArgumentException("at least 1 snapshot must be kept");
    }
    this.keep = keep;
  }

  /**
   * Removes what is too old. A snapshot that holds anything besides Sluice's own files stays. So
   * does one that was made later than the new one by its own account, since a clock was wrong then
   * or is now: it takes no place of another.
   *
   * @param fresh the new snapshot, which must be complete and consistent; it is never removed
   * @return what was removed
   */
  public List<Snapshot> apply(SnapshotRoot root, Snapshot fresh) throws IOException {
    if (!fresh.manifest().consistent()) {
      return List.of();
    }
    List<Snapshot> removed = new ArrayList<>();
    List<Snapshot> oldestFirst = new ArrayList<>();
    for (Snapshot one : root.snapshots()) {
      if (isAhead(one, fresh)) {
        root.leave(one, "which is later than the new one: it does not count among those to keep");
      } else {
        oldestFirst.add(one);
      }
    }
    for (Snapshot old : outdated(oldestFirst, fresh)) {
      if (root.remove(old)) {
        removed.add(old);
      }
    }
    return removed;
  }

  private static boolean isAhead(Snapshot one, Snapshot fresh) {
    return one.manifest().sameSubject(fresh.manifest())
        && one.manifest().finishedAt().isAfter(fresh.manifest().finishedAt());
  }

  private List<Snapshot> outdated(List<Snapshot> oldestFirst, Snapshot fresh) {
    List<Snapshot> outdated = new ArrayList<>();
    int good = 1;
    for (int i = oldestFirst.size() - 1; i >= 0; i--) {
      Snapshot old = oldestFirst.get(i);
      boolean other =
          !old.directory().getFileName().equals(fresh.directory().getFileName())
              && old.manifest().sameSubject(fresh.manifest());
      if (other && good >= keep) {
        outdated.add(0, old);
      } else if (other && old.manifest().consistent()) {
        good++;
      }
    }
    return outdated;
  }
}
