package io.sluice.job;

import io.sluice.job.files.FileUse;
import io.sluice.job.files.JobFiles;
import io.sluice.job.store.Database;
import io.sluice.job.work.JobEnvironment;
import io.sluice.snapshot.Snapshot;
import io.sluice.snapshot.SnapshotRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes uploads and snapshots for an operator, each with a line in the log. What a job or a
 * schedule still reads stays. Blocking; thread-safe.
 */
public final class FileRemoval {
  private static final Logger LOG = LoggerFactory.getLogger(FileRemoval.class);

  private final FileUse use;
  private final JobEnvironment environment;

  /** Removes what that database and these files hold. */
  public FileRemoval(Database database, JobEnvironment environment) {
    this.use = new FileUse(database);
    this.environment = environment;
  }

  /**
   * Removes an upload.
   *
   * @param force remove it even if a job that has ended could go on with it
   * @param caller who wants that
   * @return false if there is none of that id
   * @throws JobRefusedException if something needs it
   */
  public boolean upload(String id, boolean force, String caller) throws IOException {
    if (environment.uploads().get(id).isEmpty()) {
      return false;
    }
    requireUnread("the upload", use.ofUpload(id), force);
    environment.discard(id);
    LOG.info("upload {} was removed by {}", id, caller);
    return true;
  }

  /**
   * Removes a snapshot, unless it holds anything that Sluice did not write.
   *
   * @param force remove it even if a job that has ended could go on with it, or no other snapshot
   *     of the account holds one of its resources as completely
   * @param caller who wants that
   * @throws JobRefusedException if it must stay
   * @throws io.sluice.disk.DirectoryInUseException if an export of the account is under way
   */
  public void snapshot(Snapshot snapshot, boolean force, String caller) throws IOException {
    String id = JobFiles.snapshotId(snapshot);
    requireUnread("the snapshot", use.ofSnapshot(id), force);
    // Opened as exports open it, so that neither works while the other does.
    try (SnapshotRoot root = SnapshotRoot.open(place(snapshot))) {
      if (!force) {
        requireAnother(snapshot, root.snapshots());
      }
      if (!root.remove(snapshot)) {
        LOG.warn("snapshot {} is not removed: {}", id, root.troubles());
        throw foreign("part of the snapshot cannot be removed; the service's log says why");
      }
    }
    LOG.info("snapshot {} was removed by {}", id, caller);
  }

  private static Path place(Snapshot snapshot) {
    Path place = snapshot.directory().getParent();
    if (place == null || Files.isSymbolicLink(place)) {
      throw foreign("the snapshot lies behind a link, which Sluice has not made");
    }
    return place;
  }

  private static JobRefusedException foreign(String why) {
    return new JobRefusedException("foreign_content", why);
  }

  private static void requireUnread(String what, List<FileUse.Reader> readers, boolean force) {
    for (FileUse.Reader reader : readers) {
      if (!reader.ended()) {
        throw new JobRefusedException("in_use", what + " is needed by " + reader.name());
      } else if (!force) {
        throw new JobRefusedException(
            "resumable",
            reader.name() + " could go on with " + what + "; with force=true it is removed anyway");
      }
    }
  }

  /** False if the file of that resource is missing or cut off, whatever the manifest says. */
  private static boolean isWhole(Snapshot snapshot, String resource) {
    return snapshot.manifest().resources().stream()
        .filter(entry -> entry.resource().equals(resource))
        .allMatch(
            entry ->
                JobFiles.file(snapshot, entry.file())
                    .map(file -> file.toFile().length() == entry.bytes())
                    .orElse(false));
  }

  private static void requireAnother(Snapshot snapshot, List<Snapshot> all) {
    List<String> alone = new ArrayList<>();
    snapshot.manifest().resources().forEach(entry -> alone.add(entry.resource()));
    for (Snapshot other : all) {
      if (!other.directory().getFileName().equals(snapshot.directory().getFileName())) {
        List<String> lacking = snapshot.manifest().notHeldBy(other.manifest());
        alone.removeIf(resource -> !lacking.contains(resource) && isWhole(other, resource));
      }
    }
    if (!alone.isEmpty()) {
      throw new JobRefusedException(
          "last_snapshot",
          "this is the last good snapshot of the account for "
              + String.join(", ", alone)
              + "; with force=true it is removed anyway");
    }
  }
}
