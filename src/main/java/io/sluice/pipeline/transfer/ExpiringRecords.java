package io.sluice.pipeline.transfer;

import io.sluice.api.Listing;
import io.sluice.catalog.CommentTag;
import io.sluice.catalog.NaturalKey;
import io.sluice.catalog.RecordJson;
import io.sluice.catalog.Resource;
import io.sluice.flow.Blocking;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.FirstPages;
import io.sluice.pipeline.ListingReader;
import io.sluice.pipeline.RowSink;
import io.sluice.pipeline.ScratchDirectory;
import io.sluice.pipeline.UnavailableException;
import io.sluice.plan.Lifetime;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Lists the records of an account whose last day comes soon, or has passed: the first of them. */
public final class ExpiringRecords {
  /** How many are listed at most. */
  public static final int MOST = 1000;

  private static final Comparator<Item> BY_DAY =
      Comparator.comparing(Item::expires).thenComparing(Item::resource).thenComparing(Item::key);

  private ExpiringRecords() {}

  /**
   * A record that ends.
   *
   * @param owner its owner; null if it has none
   * @param expires its last day
   * @param comment what its comment says before the tag
   */
  public record Item(
      String resource,
      String id,
      String key,
      @Nullable String owner,
      LocalDate expires,
      String comment) {}

  /**
   * What was found.
   *
   * @param items the first to end, in that order
   * @param total how many there are in all
   */
  public record Found(List<Item> items, long total) {}

  /**
   * Lists them.
   *
   * @param until the last day that counts as soon
   */
  public static Mono<Found> until(
      LocalDate until, List<Resource> resources, AccountSession session) {
    List<Listing> listings = resources.stream().map(Listing::of).toList();
    return Blocking.using(
        () -> ScratchDirectory.temporary("expiring"),
        scratch -> {
          ListingReader reader =
              new ListingReader(session, scratch.directory())
                  .startingWith(new FirstPages(session, listings));
          return Flux.fromIterable(listings)
              .concatMap(listing -> list(listing, until, reader))
              .collectList()
              .map(ExpiringRecords::together);
        },
        scratch -> Blocking.run(scratch::close));
  }

  private static Mono<Soonest> list(Listing listing, LocalDate until, ListingReader reader) {
    return reader
        .read(
            listing,
            () -> new Soonest(listing.resource(), until),
            ListingReader.Watcher.NONE,
            Long.MAX_VALUE)
        .map(ListingReader.Result::sink)
        .onErrorResume(UnavailableException.class, lacking -> Mono.empty());
  }

  private static Found together(List<Soonest> kinds) {
    List<Item> all = new ArrayList<>();
    long total = 0;
    for (Soonest kind : kinds) {
      all.addAll(kind.first);
      total += kind.total;
    }
    all.sort(BY_DAY);
    return new Found(List.copyOf(all.subList(0, Math.min(MOST, all.size()))), total);
  }

  /** The first to end of one kind. */
  private static final class Soonest implements RowSink {
    private final Resource resource;
    private final LocalDate until;
    private final PriorityQueue<Item> first = new PriorityQueue<>(BY_DAY.reversed());
    private long total;

    Soonest(Resource resource, LocalDate until) {
      this.resource = resource;
      this.until = until;
    }

    @Override
    public void write(byte[] lines, int from, int to, int rows) throws IOException {
      RecordJson.lines(
          lines, from, to, (start, end) -> look(RecordJson.parse(lines, start, end, 1)));
    }

    private void look(ObjectNode record) {
      LocalDate last = Lifetime.lastDay(resource, record);
      if (last == null || last.isAfter(until)) {
        return;
      }
      total++;
      CommentTag.Parts parts = CommentTag.of(resource, record);
      first.add(
          new Item(
              resource.slug(),
              record.path("id").asString(""),
              NaturalKey.text(resource, record).orElse(""),
              parts.tag() == null ? null : parts.tag().owner(),
              last,
              parts.text()));
      if (first.size() > MOST) {
        first.poll();
      }
    }

    @Override
    public void discard() {}

    @Override
    public void close() {}
  }
}
