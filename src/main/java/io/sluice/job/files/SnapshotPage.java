package io.sluice.job.files;

import io.sluice.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Some of the service's snapshots, those that began last first.
 *
 * @param snapshots those that can be read
 * @param unreadable why the others cannot, by their ids, without the path of the service's files
 * @param accounts all accounts that have snapshots, or had
 * @param next the id of the last that was looked at, if there are more
 */
public record SnapshotPage(
    List<Snapshot> snapshots,
    SortedMap<String, String> unreadable,
    List<String> accounts,
    @Nullable String next) {

  /** A snapshot by what its id says; the one that began later comes first. */
  private record Place(String account, String name) implements Comparable<Place> {
    private static final Comparator<Place> NEWEST_FIRST =
        Comparator.comparing(Place::name).thenComparing(Place::account).reversed();

    static Place of(String id) {
      int tilde = id.indexOf('~');
      return new Place(id.substring(0, Math.max(0, tilde)), id.substring(tilde + 1));
    }

    String id() {
      return account + "~" + name;
    }

    @Override
    public int compareTo(Place other) {
      return NEWEST_FIRST.compare(this, other);
    }
  }

  /**
   * Reads one page; no snapshot beside it is opened. Blocking.
   *
   * @param account whose snapshots alone are wanted; null for all
   * @param before the id at which the page before ended; null for the first page
   * @param most how many are looked at
   */
  public static SnapshotPage of(
      JobFiles files, @Nullable String account, @Nullable String before, int most)
      throws IOException {
    List<String> accounts = files.accountsWithSnapshots();
    List<Place> left = new ArrayList<>();
    for (String each : accounts) {
      if ((account == null || account.equals(each)) && Files.isDirectory(files.snapshots(each))) {
        Snapshot.namesIn(files.snapshots(each)).forEach(name -> left.add(new Place(each, name)));
      }
    }
    if (before != null) {
      Place last = Place.of(before);
      left.removeIf(place -> place.compareTo(last) <= 0);
    }
    left.sort(null);
    List<Place> wanted = left.subList(0, Math.min(most, left.size()));
    List<Snapshot> found = new ArrayList<>();
    SortedMap<String, String> unreadable = new TreeMap<>();
    for (Place place : wanted) {
      Snapshot.in(
              files.snapshots(place.account()),
              place.name(),
              (name, why) -> unreadable.put(place.id(), files.withoutPath(why)))
          .ifPresent(
              snapshot -> {
                if (JobFiles.isOf(place.account(), snapshot)) {
                  found.add(snapshot);
                } else {
                  unreadable.put(place.id(), JobFiles.elsewhere(snapshot));
                }
              });
    }
    String next = wanted.size() < left.size() ? wanted.get(wanted.size() - 1).id() : null;
    return new SnapshotPage(found, unreadable, accounts, next);
  }
}
