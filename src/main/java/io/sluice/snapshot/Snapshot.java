package io.sluice.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * A complete snapshot on disk.
 *
 * @param directory where it is
 * @param manifest what it says of itself; {@link Verification} tells whether that is true
 */
public record Snapshot(Path directory, Manifest manifest) {
  /** So many of the newest are looked at for one of a certain account. */
  private static final int NEWEST = 10;

  /**
   * Opens a snapshot by its directory.
   *
   * @throws NotASnapshotException if there is no manifest that this Sluice can read; the message
   *     says what the directory seems to be instead
   */
  public static Snapshot open(Path directory) throws IOException {
    return new Snapshot(directory, ManifestFile.read(directory));
  }

  /**
   * The snapshots that lie directly in a directory, the oldest first. What cannot be read is passed
   * over, like what is none.
   */
  public static List<Snapshot> in(Path directory) throws IOException {
    return in(directory, (name, why) -> {});
  }

  /**
   * The same.
   *
   * @param unreadable hears of what cannot be read: its name and the reason, in the order of the
   *     names
   */
  public static List<Snapshot> in(Path directory, BiConsumer<String, String> unreadable)
      throws IOException {
    List<Snapshot> snapshots = new ArrayList<>();
    for (Path entry : named(directory)) {
      opened(entry, unreadable).ifPresent(snapshots::add);
    }
    snapshots.sort(
        Comparator.comparing((Snapshot s) -> s.manifest().finishedAt())
            .thenComparing(Snapshot::directory));
    return snapshots;
  }

  /**
   * One of the snapshots that lie directly in a directory, by its name.
   *
   * @param unreadable hears of one that cannot be read: its name and the reason
   * @return empty if there is none, or it cannot be read
   */
  public static Optional<Snapshot> in(
      Path directory, String name, BiConsumer<String, String> unreadable) {
    Path entry = directory.resolve(name);
    return SnapshotName.isComplete(name) && PlainDirectory.is(entry)
        ? opened(entry, unreadable)
        : Optional.empty();
  }

  private static Optional<Snapshot> opened(Path entry, BiConsumer<String, String> unreadable) {
    try {
      return Optional.of(open(entry));
    } catch (IOException fault) {
      String why = fault instanceof NotASnapshotException none ? none.getMessage() : null;
      unreadable.accept(
          entry.getFileName().toString(), why != null ? why : entry + " cannot be read: " + fault);
      return Optional.empty();
    }
  }

  /** What is named like a snapshot directly in a directory, in no order. */
  public static List<String> namesIn(Path directory) throws IOException {
    return named(directory).stream().map(entry -> entry.getFileName().toString()).toList();
  }

  /**
   * The newest snapshot, by its name, of that account at that API among the newest few that lie
   * directly in a directory. What cannot be read is passed over, like what is none.
   */
  static Optional<Snapshot> latest(Path directory, String account, String api) throws IOException {
    List<Path> newestFirst =
        named(directory).stream().sorted(Comparator.reverseOrder()).limit(NEWEST).toList();
    // Listing and verifying report the snapshots that cannot be read.
    return newestFirst.stream()
        .flatMap(entry -> opened(entry, (name, why) -> {}).stream())
        .filter(snapshot -> snapshot.manifest().isOf(account, api))
        .findFirst();
  }

  /**
   * Why what lies directly in a directory like a snapshot cannot be read as one, by its name; in
   * the order of the names.
   */
  public static SortedMap<String, String> faultsIn(Path directory) throws IOException {
    NavigableMap<String, String> faults = new TreeMap<>();
    in(directory, faults::put);
    return faults;
  }

  private static List<Path> named(Path directory) throws IOException {
    List<Path> named = new ArrayList<>();
    for (Path entry : PlainDirectory.entries(directory)) {
      if (SnapshotName.isComplete(entry.getFileName().toString()) && PlainDirectory.is(entry)) {
        named.add(entry);
      }
    }
    return named;
  }

  /**
   * The snapshot in which a file lies and whose manifest names it, as far as that one file goes;
   * empty if there is none.
   */
  public static Optional<Snapshot> around(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null || !Files.isRegularFile(directory.resolve(Manifest.FILE))) {
      return Optional.empty();
    }
    String name = String.valueOf(file.getFileName());
    try {
      Snapshot whole = Snapshot.open(directory);
      Snapshot part = whole.narrowedTo(entry -> entry.file().equals(name));
      return part.manifest().resources().isEmpty() ? Optional.empty() : Optional.of(part);
    } catch (NotASnapshotException other) {
      return Optional.empty();
    }
  }

  /** The file of one of its entries. */
  public Path file(ResourceEntry entry) {
    return directory.resolve(entry.file());
  }

  /** The same snapshot as far as these of its files go. */
  public Snapshot narrowedTo(Predicate<ResourceEntry> wanted) {
    return new Snapshot(
        directory, manifest.with(manifest.resources().stream().filter(wanted).toList()));
  }

  /** True if nothing lies in it but what its manifest names, as plain files. */
  boolean holdsOnlyItsOwn() throws IOException {
    return strangers().isEmpty();
  }

  /** The names of what lies in it that its manifest does not name, or that is no plain file. */
  List<String> strangers() throws IOException {
    List<String> strangers = new ArrayList<>();
    Set<String> own = new HashSet<>();
    own.add(Manifest.FILE);
    manifest.resources().forEach(entry -> own.add(entry.file()));
    for (Path entry : PlainDirectory.entries(directory)) {
      boolean plain = Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS);
      String name = PlainDirectory.name(entry);
      if (!plain || !own.contains(name)) {
        strangers.add(name);
      }
    }
    return strangers;
  }
}
