package io.sluice.job.files;

import io.sluice.disk.DirectoryTree;
import io.sluice.disk.PrivateFiles;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.Snapshot;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where jobs have their files: below one directory, which several processes may share. No name from
 * outside ever leads anywhere else. Blocking.
 */
public final class JobFiles {
  /** What to do about a snapshot that cannot be read. */
  public static final String REPAIR = "whoever runs the service can repair or remove its directory";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private static final int DEEPEST = 4;
  private static final String RETIRED = ".removed";

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

  /** Where the state of a feed is kept. */
  public Path feed(String name) {
    return below("feeds", name);
  }

  /** The content of an upload. */
  public Path upload(String id) {
    return below("uploads", id);
  }

  /** Takes a job's results out of sight; {@link #removeRetired} removes them. */
  public void retire(String id) throws IOException {
    Path results = job(id);
    if (Files.isDirectory(results, LinkOption.NOFOLLOW_LINKS)) {
      Files.move(
          results, results.resolveSibling("." + id + RETIRED), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** Removes what was taken out of sight. */
  public void removeRetired() throws IOException {
    Path jobs = root.resolve("jobs");
    if (Files.isDirectory(jobs)) {
      try (DirectoryStream<Path> retired = Files.newDirectoryStream(jobs, ".*" + RETIRED)) {
        for (Path directory : retired) {
          DirectoryTree.remove(directory);
        }
      }
    }
  }

  /**
   * The names of uploads whose content has not been touched since then, whether they are known or
   * not.
   */
  public List<String> uploadsBefore(Instant time) throws IOException {
    Path uploads = root.resolve("uploads");
    List<String> found = new ArrayList<>();
    if (Files.isDirectory(uploads)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(uploads)) {
        for (Path file : files) {
          String name = file.getFileName().toString();
          if (isName(name)
              && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
              && Files.getLastModifiedTime(file).toInstant().isBefore(time)) {
            found.add(name);
          }
        }
      }
    }
    return found;
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
    if (!isSnapshotId(id)) {
      return Optional.empty();
    }
    String[] names = id.split("~", -1);
    Path directory = snapshots(names[0]).resolve(names[1]);
    return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(Snapshot.open(directory)).filter(found -> snapshotId(found).equals(id))
        : Optional.empty();
  }

  /** True if a text may be the id of a snapshot. */
  public static boolean isSnapshotId(String id) {
    String[] names = id.split("~", -1);
    return names.length == 2 && isName(names[0]) && isName(names[1]);
  }

  /** What names a snapshot to people and to the API. */
  public static String snapshotId(Snapshot snapshot) {
    return snapshot.manifest().accountId() + "~" + snapshot.directory().getFileName();
  }

  /**
   * All snapshots of all accounts, the oldest of each account first; without those that lie among
   * the snapshots of another account, whose id would name something else.
   */
  public List<Snapshot> snapshots() throws IOException {
    List<Snapshot> found = new ArrayList<>();
    for (String account : accountsWithSnapshots()) {
      Snapshot.in(snapshots(account)).stream()
          .filter(snapshot -> isOf(account, snapshot))
          .forEach(found::add);
    }
    return found;
  }

  /** The accounts that have, or had, snapshots here. */
  public List<String> accountsWithSnapshots() throws IOException {
    Path all = root.resolve("snapshots");
    if (!Files.isDirectory(all)) {
      return List.of();
    }
    try (Stream<Path> accounts = Files.list(all)) {
      return accounts
          .filter(Files::isDirectory)
          .map(account -> account.getFileName().toString())
          .filter(JobFiles::isName)
          .sorted()
          .toList();
    }
  }

  /**
   * The directories among an account's snapshots that cannot be read as one: the reason by the
   * name, without the path of the service's files.
   */
  public SortedMap<String, String> snapshotFaults(String account) throws IOException {
    SortedMap<String, String> faults = new TreeMap<>();
    if (Files.isDirectory(snapshots(account))) {
      Snapshot.in(snapshots(account), (name, why) -> faults.put(name, withoutPath(why))).stream()
          .filter(snapshot -> !isOf(account, snapshot))
          .forEach(
              snapshot ->
                  faults.put(
                      String.valueOf(snapshot.directory().getFileName()), elsewhere(snapshot)));
    }
    return faults;
  }

  /** True if a snapshot lies among those of its own account. */
  static boolean isOf(String account, Snapshot snapshot) {
    return snapshot.manifest().accountId().equals(account);
  }

  /** What is wrong with a snapshot that does not. */
  static String elsewhere(Snapshot snapshot) {
    String own = snapshot.manifest().accountId();
    return "it is of the account " + own + ": its place is snapshots/" + own;
  }

  /** A message about files here without the path of the data directory, for users of the API. */
  public String withoutPath(String text) {
    return text.replace(root + File.separator, "");
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

  /** The plain files of a job's results, however deep, in the order of their names. */
  public List<ResultFile> results(String job) throws IOException {
    Path directory = job(job);
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    List<ResultFile> found = new ArrayList<>();
    try (Stream<Path> all = Files.walk(directory, DEEPEST)) {
      for (Path path : all.sorted().toList()) {
        String name = directory.relativize(path).toString().replace('\\', '/');
        if (result(job, name).isPresent()) {
          found.add(new ResultFile(name, Files.size(path)));
        }
      }
    } catch (NoSuchFileException | UncheckedIOException moved) {
      // A running job has replaced a file just now; the next look sees it.
      return found;
    }
    return found;
  }

  /**
   * A plain file of a snapshot that its manifest names, or the manifest itself.
   *
   * @return empty if there is none
   */
  public static Optional<Path> file(Snapshot snapshot, String name) {
    boolean own =
        name.equals(Manifest.FILE)
            || snapshot.manifest().resources().stream()
                .anyMatch(entry -> entry.file().equals(name));
    Path path = snapshot.directory().resolve(isName(name) ? name : Manifest.FILE);
    return own && isName(name) && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(path)
        : Optional.empty();
  }

  /**
   * A file of a job's results.
   *
   * @param name names parted by slashes
   */
  public record ResultFile(String name, long bytes) {}

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
