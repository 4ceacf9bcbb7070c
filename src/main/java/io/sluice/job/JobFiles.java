package io.sluice.job;

import io.sluice.disk.PrivateFiles;
import io.sluice.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where jobs have their files: below one directory, which several processes may share. No name from
 * outside ever leads anywhere else. Blocking.
 */
public final class JobFiles {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private final Path root;

  /** Files below that directory, which is made if need be. */
  public JobFiles(Path root) throws IOException {
    this.root = root.toAbsolutePath().normalize();
    PrivateFiles.createDirectories(this.root);
  }

  /** The directory itself. */
  public Path root() {
    return root;
  }

  /** The results directory of a job. */
  public Path job(String id) {
    return below("jobs", id);
  }

  /** The content of an upload. */
  public Path upload(String id) {
    return below("uploads", id);
  }

  /** The directory of an account's snapshots. */
  public Path snapshots(String account) {
    return below("snapshots", account);
  }

  /**
   * A snapshot, by the id that {@link #snapshotId} gives.
   *
   * @return empty if there is none
   */
  public Optional<Snapshot> snapshot(String id) throws IOException {
    String[] names = id.split("~", -1);
    if (names.length != 2 || !isName(names[0]) || !isName(names[1])) {
      return Optional.empty();
    }
    Path directory = snapshots(names[0]).resolve(names[1]);
    return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(Snapshot.open(directory))
        : Optional.empty();
  }

  /** What names a snapshot to people and to the API. */
  public static String snapshotId(Snapshot snapshot) {
    return snapshot.manifest().accountId() + "~" + snapshot.directory().getFileName();
  }

  /** All snapshots of all accounts, the oldest of each account first. */
  public List<Snapshot> snapshots() throws IOException {
    Path all = root.resolve("snapshots");
    if (!Files.isDirectory(all)) {
      return List.of();
    }
    List<Snapshot> found = new ArrayList<>();
    try (Stream<Path> accounts = Files.list(all)) {
      for (Path account : accounts.sorted().toList()) {
        if (isName(account.getFileName().toString()) && Files.isDirectory(account)) {
          found.addAll(Snapshot.in(account));
        }
      }
    }
    return found;
  }

  /**
   * A plain file of a job's results, however deep.
   *
   * @param name names parted by slashes
   * @return empty if there is none, or the name leads elsewhere
   */
  public Optional<Path> result(String job, String name) {
    if (!isName(job)) {
      return Optional.empty();
    }
    Path path = job(job);
    for (String part : name.split("/", -1)) {
      if (!isName(part)) {
        return Optional.empty();
      }
      path = path.resolve(part);
      if (Files.isSymbolicLink(path)) {
        return Optional.empty();
      }
    }
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(path)
        : Optional.empty();
  }

  /** True if it can name a file below a directory and nothing else. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  private Path below(String kind, String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException("no name of a file: '" + name + "'");
    }
    return root.resolve(kind).resolve(name);
  }
}
