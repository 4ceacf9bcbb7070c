package io.sluice.pipeline.compare;

import io.sluice.catalog.NaturalKey;
import io.sluice.catalog.RecordJson;
import io.sluice.catalog.Resource;
import io.sluice.pipeline.RecordLines;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.compare.Difference.Kind;
import io.sluice.pipeline.compare.Difference.Place;
import io.sluice.plan.AccountIndex;
import io.sluice.plan.Origin;
import io.sluice.plan.RecordDiff;
import io.sluice.plan.RecordMatcher;
import io.sluice.plan.RecordMatcher.Likeness;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compares all records of one kind. One side is indexed, the smaller one if both are counted; the
 * other one streams past it, again for the records that have no partner of their own spelling.
 * Which one is indexed makes no difference to what is found. Blocking; for one comparison.
 */
public final class RecordComparison {
  private static final int TOLD_EVERY = 1_000;

  private final Resource resource;
  private final Origin origin;
  private final Path scratch;
  private final StopSignal stop;
  private final Consumer<RunEvent> events;
  private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
  private boolean indexedIsAfter;
  private long alike;
  private long streamed;

  /**
   * A comparison that has not begun.
   *
   * @param origin what is known of the accounts that the records are of
   * @param scratch a directory for a copy of one side's records
   * @param events receives every difference
   */
  public RecordComparison(
      Resource resource, Origin origin, Path scratch, StopSignal stop, Consumer<RunEvent> events) {
    this.resource = resource;
    this.origin = origin;
    this.scratch = scratch;
    this.stop = stop;
    this.events = events;
  }

  /** Compares, and reports every difference. */
  public ResourceDiff compare(Records before, Records after) throws IOException {
    indexedIsAfter =
        before.count().isPresent()
            && after.count().isPresent()
            && after.count().getAsLong() < before.count().getAsLong();
    try (AccountIndex index = indexed(indexedIsAfter ? after : before)) {
      RecordMatcher matcher = new RecordMatcher(index);
      pair(indexedIsAfter ? before : after, matcher);
      PrimitiveIterator.OfInt alone = matcher.alone().iterator();
      while (alone.hasNext()) {
        stop.check();
        found(null, index.record(alone.nextInt()).fields());
      }
      long indexed = index.size();
      return new ResourceDiff(
          resource,
          indexedIsAfter ? streamed : indexed,
          indexedIsAfter ? indexed : streamed,
          alike,
          counts);
    }
  }

  private AccountIndex indexed(Records records) throws IOException {
    try (AccountIndex.Builder builder = AccountIndex.builder(resource, scratch);
        RecordLines lines = records.open()) {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        stop.check();
        builder.add(line, 0, line.length);
      }
      return builder.build();
    }
  }

  private void pair(Records records, RecordMatcher matcher) throws IOException {
    BitSet waiting = null;
    for (Likeness likeness : Likeness.values()) {
      waiting = pair(records, matcher, likeness, waiting);
      if (waiting.isEmpty()) {
        return;
      }
    }
  }

  /**
   * Goes through the records once.
   *
   * @param waiting the records that are still without a partner, by their place; null for all
   * @return those that have to wait for the next likeness
   */
  private BitSet pair(
      Records records, RecordMatcher matcher, Likeness likeness, @Nullable BitSet waiting)
      throws IOException {
    BitSet later = new BitSet();
    int place = 0;
    try (RecordLines lines = records.open()) {
      for (byte[] line = lines.next(); line != null; line = lines.next(), place++) {
        stop.check();
        if (waiting == null && ++streamed % TOLD_EVERY == 0) {
          events.accept(new RunEvent.Progress(RunEvent.Phase.COMPARING, resource, streamed, null));
        } else if (waiting != null && !waiting.get(place)) {
          continue;
        }
        ObjectNode row = RecordJson.parse(line, 0, line.length, place + 1L);
        RecordMatcher.Answer answer = matcher.find(row, likeness);
        if (answer instanceof RecordMatcher.Later) {
          later.set(place);
        } else {
          found(row, answer instanceof RecordMatcher.Found one ? one.record().fields() : null);
        }
      }
    }
    return later;
  }

  private void found(@Nullable ObjectNode streaming, @Nullable ObjectNode indexed) {
    ObjectNode before = indexedIsAfter ? streaming : indexed;
    ObjectNode after = indexedIsAfter ? indexed : streaming;
    List<RecordDiff> diffs = RecordDiff.between(resource, before, after, origin);
    alike += diffs.isEmpty() ? 1 : 0;
    for (RecordDiff diff : diffs) {
      Difference difference =
          new Difference(
              resource,
              before == null ? key(after) : key(before),
              before == null ? null : id(before),
              after == null ? null : id(after),
              place(before, after),
              diff);
      counts.merge(difference.kind(), 1L, Long::sum);
      events.accept(new RunEvent.DifferenceFound(difference));
    }
  }

  private static Place place(@Nullable ObjectNode before, @Nullable ObjectNode after) {
    if (before == null) {
      return Place.SECOND;
    }
    return after == null ? Place.FIRST : Place.BOTH;
  }

  private String key(@Nullable ObjectNode record) {
    return record == null
        ? ""
        : NaturalKey.text(resource, record).orElseGet(() -> record.path("id").asString(""));
  }

  private static @Nullable String id(ObjectNode record) {
    JsonNode id = record.path("id");
    return id.isString() || id.isNumber() ? id.asString() : null;
  }
}
