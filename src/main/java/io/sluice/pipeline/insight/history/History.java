package io.sluice.pipeline.insight.history;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.RecordJson;
import io.sluice.catalog.Resource;
import io.sluice.flow.Blocking;
import io.sluice.pipeline.RecordLines;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.SnapshotRecords;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.compare.Difference;
import io.sluice.pipeline.compare.RecordComparison;
import io.sluice.pipeline.insight.RecordName;
import io.sluice.pipeline.insight.history.HistorySummary.There;
import io.sluice.plan.Origin;
import io.sluice.snapshot.DamagedSnapshotException;
import io.sluice.snapshot.ResourceEntry;
import io.sluice.snapshot.Snapshot;
import io.sluice.snapshot.Verifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/**
 * Goes through snapshots and compares each kind of records with the snapshot before that holds it.
 * What both hold byte for byte is not parsed, so that the work grows with the bytes, and memory
 * with the records of one snapshot.
 */
public final class History {
  private final HistoryRequest request;
  private final Path scratch;
  private final StopSignal stop;
  private final Consumer<RunEvent> events;
  private final KeySearch search;
  private final Map<Resource, HeldRecords> latest = new HashMap<>();
  private final Map<Difference.Kind, Long> counts = new EnumMap<>(Difference.Kind.class);
  private final List<There> there = new ArrayList<>();
  private final List<String> damaged = new ArrayList<>();
  private final Set<String> unknown = new HashSet<>();

  private History(
      HistoryRequest request, Path scratch, StopSignal stop, Consumer<RunEvent> events) {
    this.request = request;
    this.scratch = scratch;
    this.stop = stop;
    this.events = events;
    this.search = new KeySearch(request.key());
  }

  /**
   * Goes through them. Reports every change as it is found. A snapshot that is damaged is left out
   * with a warning.
   *
   * @param scratch a directory for what is compared
   */
  public static Mono<HistorySummary> of(
      HistoryRequest request, Path scratch, StopSignal stop, Consumer<RunEvent> events) {
    return Blocking.call(() -> new History(request, scratch, stop, events).run());
  }

  private HistorySummary run() throws IOException {
    List<Snapshot> all = request.snapshots();
    int from = beginning(all);
    List<Snapshot> seen = new ArrayList<>(all.subList(from, all.size()));
    for (int i = from; i < all.size(); i++) {
      stop.check();
      events.accept(new RunEvent.SnapshotReached(i - from, all.size() - from));
      Snapshot snapshot = all.get(i);
      if (isSound(snapshot)) {
        look(snapshot);
      }
      if (i == from) {
        seen.addAll(0, lookBack(all, from));
        leaveOutUnreadable(name(seen.get(0)));
      }
    }
    return new HistorySummary(
        seen.size(),
        name(seen.get(0)),
        name(all.get(all.size() - 1)),
        count(Difference.Kind.CREATED),
        count(Difference.Kind.CHANGED),
        count(Difference.Kind.DELETED),
        List.copyOf(there),
        List.copyOf(damaged),
        request.key());
  }

  /** The last snapshot before the time from which on the history is asked for; else the first. */
  private int beginning(List<Snapshot> all) {
    int from = 0;
    for (int i = 0; request.since() != null && i < all.size(); i++) {
      if (all.get(i).manifest().startedAt().isBefore(request.since())) {
        from = i;
      }
    }
    return from;
  }

  /**
   * What the first snapshot does not hold is compared with the last one before it that does.
   * Returns the snapshots that it takes, the oldest first.
   */
  private List<Snapshot> lookBack(List<Snapshot> all, int from) throws IOException {
    Set<Resource> needed =
        all.subList(from, all.size()).stream()
            .flatMap(snapshot -> snapshot.manifest().resources().stream())
            .flatMap(entry -> Catalog.find(entry.resource()).filter(request::wants).stream())
            .collect(Collectors.toSet());
    List<Snapshot> used = new ArrayList<>();
    for (int i = from - 1; i >= 0 && !latest.keySet().containsAll(needed); i--) {
      stop.check();
      Snapshot missing = all.get(i).narrowedTo(entry -> isMissing(entry, needed));
      if (!missing.manifest().resources().isEmpty() && isSound(missing)) {
        look(missing);
        used.add(0, all.get(i));
      }
    }
    return used;
  }

  private boolean isMissing(ResourceEntry entry, Set<Resource> needed) {
    return entry.filters().isEmpty()
        && Catalog.find(entry.resource())
            .filter(needed::contains)
            .filter(resource -> !latest.containsKey(resource))
            .isPresent();
  }

  /** Names begin with the time: what is older than the first snapshot does not matter. */
  private void leaveOutUnreadable(String first) {
    boolean all = request.since() == null;
    request
        .unreadable()
        .forEach(
            (name, why) -> {
              if (all || name.compareTo(first) > 0) {
                damaged.add(name);
                warn(why + "; left out");
              }
            });
  }

  private boolean isSound(Snapshot snapshot) throws IOException {
    try {
      Verifier.requireSound(snapshot.narrowedTo(this::isWanted));
      return true;
    } catch (DamagedSnapshotException notAsWritten) {
      damaged.add(name(snapshot));
      warn(notAsWritten.getMessage() + "; left out");
      return false;
    }
  }

  private boolean isWanted(ResourceEntry entry) {
    return Catalog.find(entry.resource()).filter(request::wants).isPresent();
  }

  /** A later Sluice may have written kinds of records that this one does not know. */
  private void leaveOutUnknown(Snapshot snapshot, String kind) {
    boolean wanted = request.resources().isEmpty() && Catalog.find(kind).isEmpty();
    if (wanted && unknown.add(kind)) {
      warn(
          name(snapshot)
              + ": "
              + kind
              + " is not known to this version of Sluice: left out; update Sluice");
    }
  }

  private void look(Snapshot snapshot) throws IOException {
    for (ResourceEntry entry : snapshot.manifest().resources()) {
      Resource resource = Catalog.find(entry.resource()).filter(request::wants).orElse(null);
      if (resource == null) {
        leaveOutUnknown(snapshot, entry.resource());
        continue;
      }
      if (!entry.filters().isEmpty()) {
        warn(
            name(snapshot)
                + ", "
                + resource
                + ": narrowed down to "
                + entry.where()
                + ", so that what is missing there is not known; left out");
        continue;
      } else if (!entry.consistent()) {
        warn(
            name(snapshot)
                + ", "
                + resource
                + ": the list kept changing while the snapshot was made; changes may be due to"
                + " that");
      }
      compare(snapshot, entry, resource);
    }
  }

  private void compare(Snapshot snapshot, ResourceEntry entry, Resource resource)
      throws IOException {
    HeldRecords before = latest.get(resource);
    if (before != null && HeldRecords.same(before.entry(), entry)) {
      latest.put(resource, new HeldRecords(snapshot, entry, resource, before.lines()));
      events.accept(
          new RunEvent.SnapshotsCompared(before.name(), name(snapshot), resource, 0, 0, 0));
      return;
    }
    HeldRecords now = HeldRecords.read(snapshot, entry, resource, stop);
    if (before != null) {
      Changes changes = new Changes(before.name(), now.name());
      new RecordComparison(resource, Origin.THIS_ACCOUNT, scratch, stop, changes)
          .compare(before.notIn(now), now.notIn(before));
      events.accept(changes.compared(resource));
    } else if (!search.isAny()) {
      findFirst(now);
    }
    latest.put(resource, now);
  }

  private void findFirst(HeldRecords held) throws IOException {
    try (RecordLines lines = SnapshotRecords.open(held.snapshot(), held.entry(), held.resource())) {
      long number = 0;
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        number++;
        if (search.means(held.resource(), line, number)) {
          RecordName name =
              RecordName.of(held.resource(), RecordJson.parse(line, 0, line.length, number));
          there.add(new There(held.resource().slug(), name.key(), held.name()));
        }
      }
    }
  }

  private void warn(String text) {
    events.accept(new RunEvent.Warning(text));
  }

  private long count(Difference.Kind kind) {
    return counts.getOrDefault(kind, 0L);
  }

  private static String name(Snapshot snapshot) {
    return String.valueOf(snapshot.directory().getFileName());
  }

  /** Hands on the differences between two snapshots that concern the record that was asked for. */
  private final class Changes implements Consumer<RunEvent> {
    private final String from;
    private final String to;
    private final Map<Difference.Kind, Long> here = new EnumMap<>(Difference.Kind.class);

    Changes(String from, String to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public void accept(RunEvent event) {
      if (event instanceof RunEvent.DifferenceFound found) {
        note(found.difference());
      } else if (event instanceof RunEvent.Warning) {
        events.accept(event);
      }
    }

    private void note(Difference difference) {
      if (search.means(difference)) {
        Change change = new Change(from, to, difference);
        here.merge(change.kind(), 1L, Long::sum);
        counts.merge(change.kind(), 1L, Long::sum);
        events.accept(new RunEvent.RecordChanged(change));
      }
    }

    RunEvent.SnapshotsCompared compared(Resource resource) {
      return new RunEvent.SnapshotsCompared(
          from,
          to,
          resource,
          here.getOrDefault(Difference.Kind.CREATED, 0L),
          here.getOrDefault(Difference.Kind.CHANGED, 0L),
          here.getOrDefault(Difference.Kind.DELETED, 0L));
    }
  }
}
