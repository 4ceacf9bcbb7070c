package io.sluice.snapshot;

import java.util.List;

/**
 * The result of checking a snapshot.
 *
 * @param snapshot the snapshot
 * @param files one finding for each file that the manifest names
 * @param strangers what lies in the snapshot besides
 */
public record Verification(Snapshot snapshot, List<Finding> files, List<String> strangers) {

  /**
   * What checking one file found.
   *
   * @param entry what the manifest says of it
   * @param rows how many rows were counted
   * @param problems everything that is wrong with it, in words; none if it is as it was written
   */
  public record Finding(ResourceEntry entry, long rows, List<String> problems) {
    /** True if the file is as it was written. */
    public boolean sound() {
      return problems.isEmpty();
    }
  }

  /** True if every file is as it was written. */
  public boolean sound() {
    return files.stream().allMatch(Finding::sound);
  }
}
