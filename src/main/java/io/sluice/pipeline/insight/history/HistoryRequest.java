package io.sluice.pipeline.insight.history;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.config.UsageException;
import io.sluice.format.OptionNames;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which history is asked for.
 *
 * @param snapshots the complete snapshots of one account, the oldest first
 * @param unreadable why snapshots in between cannot be read, by their names; they are left out
 * @param resources the kinds of records; none for all
 * @param key the record by its key, or the last field of it, or its id; null for all
 * @param since what happened before is left out; null for everything
 */
public record HistoryRequest(
    List<Snapshot> snapshots,
    SortedMap<String, String> unreadable,
    List<Resource> resources,
    @Nullable String key,
    @Nullable Instant since) {
  private static final String FROM_WHERE =
      "give the directory that holds the snapshots, the one of export --to";

  /**
   * The history of the snapshots that lie directly in a directory.
   *
   * @throws UsageException if there are none, they are of several accounts, or none holds records
   *     of a kind that is named
   */
  public static HistoryRequest below(
      Path directory, List<Resource> resources, @Nullable String key, @Nullable Instant since)
      throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new UsageException("there is no directory " + directory, FROM_WHERE);
    }
    if (Files.exists(directory.resolve(Manifest.FILE))) {
      throw new UsageException(directory + " is one snapshot, which has no history", FROM_WHERE);
    }
    List<Snapshot> all = inOrder(Snapshot.in(directory));
    SortedMap<String, String> unreadable = Snapshot.faultsIn(directory);
    if (all.isEmpty() && !unreadable.isEmpty()) {
      throw new UsageException(
          "no snapshot in " + directory + " can be read: " + unreadable.get(unreadable.lastKey()),
          "copy the snapshots again, or give another directory");
    }
    if (all.isEmpty()) {
      throw new UsageException(
          "there is no complete snapshot in " + directory,
          "this makes one: sluice export "
              + OptionNames.COMMAND_LINE.with("to", directory.toString()));
    }
    requireOneAccount(directory, all);
    requireHeld("in " + directory, all, resources);
    return new HistoryRequest(all, unreadable, resources, key, since);
  }

  /** The snapshots, the oldest first. */
  public static List<Snapshot> inOrder(List<Snapshot> snapshots) {
    return snapshots.stream()
        .sorted(
            Comparator.<Snapshot, Instant>comparing(one -> one.manifest().startedAt())
                .thenComparing(one -> one.directory().toString()))
        .toList();
  }

  private static void requireOneAccount(Path directory, List<Snapshot> all) {
    Map<String, Long> accounts =
        all.stream()
            .map(Snapshot::manifest)
            .map(HistoryRequest::account)
            .collect(Collectors.groupingBy(one -> one, TreeMap::new, Collectors.counting()));
    if (accounts.size() > 1) {
      throw new UsageException(
          directory + " holds snapshots of " + accounts.size() + " accounts",
          "a history is of one account, so keep each in a directory of its own: "
              + String.join(", ", accounts.keySet()));
    }
  }

  /**
   * Checks that kinds of records are held by at least one snapshot: of those that none holds, it is
   * not known whether anything changed.
   *
   * @param where where the snapshots are, with its preposition
   * @throws UsageException naming the first kind that none holds
   */
  public static void requireHeld(String where, List<Snapshot> all, List<Resource> resources) {
    for (Resource resource : resources) {
      boolean held =
          all.stream()
              .flatMap(snapshot -> snapshot.manifest().resources().stream())
              .anyMatch(
                  entry -> Catalog.find(entry.resource()).filter(resource::equals).isPresent());
      if (!held) {
        throw new UsageException(
            "no snapshot " + where + " holds " + resource.slug(), "leave it out of -r");
      }
    }
  }

  private static String account(Manifest manifest) {
    return manifest.accountId() + " at " + manifest.baseUrl();
  }

  boolean wants(Resource resource) {
    return resources.isEmpty() || resources.contains(resource);
  }
}
