package io.sluice.pipeline.imports.apply;

import io.sluice.api.Listing;
import io.sluice.api.Page;
import io.sluice.catalog.Resource;
import io.sluice.hash.Hash64;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.imports.KeyFilter;
import io.sluice.plan.AccountIndex;
import io.sluice.plan.Key;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds out what became of creates whose answer never came: by the key where the API can be asked
 * for it, else, and for many at once, among the newest records.
 */
final class CreateReconciler {
  private static final int FEW = 3;

  private final AccountSession session;
  private final Resource resource;
  private final AccountIndex index;
  private final RecentWrites recent;
  private final Halt halt;

  CreateReconciler(
      AccountSession session,
      Resource resource,
      AccountIndex index,
      RecentWrites recent,
      Halt halt) {
    this.session = session;
    this.resource = resource;
    this.index = index;
    this.recent = recent;
    this.halt = halt;
  }

  /**
   * The records that now have the keys of these creates, by the creates themselves. Errors if
   * nothing can be found out; what is missing in the answer is surely not there, as far as the API
   * tells. A filter alone does not tell that, since the API may spell a key in its own way.
   *
   * @param sentNanos before the first of them was sent, by {@link System#nanoTime()}
   */
  Mono<IdentityHashMap<Change, ObjectNode>> find(List<Change> creates, long sentNanos) {
    Sought sought = new Sought(resource, creates);
    boolean few = creates.size() <= FEW && KeyFilter.offeredBy(resource);
    Mono<Void> newest =
        Mono.defer(
            () -> sought.foundAll() ? Mono.empty() : amongNewest(1, Set.of(), sentNanos, sought));
    Mono<Void> search = few ? byKey(creates, sought).then(newest) : newest;
    return halt.soonAfterHalt(search).then(Mono.fromSupplier(sought::found));
  }

  private Mono<Void> byKey(List<Change> creates, Sought sought) {
    return Flux.fromIterable(creates)
        .concatMap(create -> Flux.fromIterable(KeyFilter.of(resource, create.body())))
        .concatMap(
            filter ->
                pages(Listing.of(resource).where(filter).newestFirst(), 1, sought)
                    .onErrorResume(KeyFilter::isRefused, refused -> Mono.empty()))
        .then();
  }

  /** Every page of a narrow listing. */
  private Mono<Void> pages(Listing listing, int number, Sought sought) {
    return page(listing, number)
        .flatMap(
            page -> {
              take(page, sought);
              boolean more = page.count() > 0 && page.count() >= full(page, listing);
              return more ? pages(listing, number + 1, sought) : Mono.empty();
            });
  }

  /**
   * From the newest record back, until all are found or the rest was there before; or until the
   * server tells the same page again, which some do in place of an empty one. Where the order is
   * not known, every page.
   */
  private Mono<Void> amongNewest(
      int number, Set<String> pageBefore, long sentNanos, Sought sought) {
    Listing listing = Listing.of(resource).newestFirst();
    return page(listing, number)
        .publishOn(Schedulers.boundedElastic())
        .flatMap(
            page -> {
              Set<String> ids = take(page, sought);
              boolean seenAll =
                  page.count() == 0
                      || sought.foundAll()
                      || ids.equals(pageBefore)
                      || (listing.ordered() && reachesBack(ids, sentNanos));
              return seenAll ? Mono.empty() : amongNewest(number + 1, ids, sentNanos, sought);
            });
  }

  /** True if one of them was there before that moment, and so are all behind it. */
  private boolean reachesBack(Set<String> ids, long sentNanos) {
    Set<String> older = recent.before(sentNanos);
    return ids.stream().anyMatch(older::contains) || ids.stream().anyMatch(this::wasThere);
  }

  private boolean wasThere(String id) {
    try {
      return index.holds(id);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private Mono<Page> page(Listing listing, int number) {
    return session.persistently(session.client().page(listing, number, Hash64.keyed(0)));
  }

  private static int full(Page page, Listing listing) {
    return page.size() == 0 ? listing.perPage() : page.size();
  }

  /** Notes what is sought, and returns the ids of all. */
  private static Set<String> take(Page page, Sought sought) {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < page.count(); i++) {
      ObjectNode record = page.record(i);
      ids.add(record.path("id").asString(""));
      sought.take(record);
    }
    return ids;
  }

  /** What is looked for, and what was found of it. */
  private static final class Sought {
    private final Resource resource;
    private final Map<List<String>, Change> exact = new HashMap<>();
    private final Map<List<String>, Change> folded = new HashMap<>();
    private final IdentityHashMap<Change, ObjectNode> found = new IdentityHashMap<>();
    private final IdentityHashMap<Change, ObjectNode> alike = new IdentityHashMap<>();
    private int number;

    Sought(Resource resource, List<Change> creates) {
      this.resource = resource;
      for (Change create : creates) {
        Key key = Key.of(resource, create.body()).orElse(null);
        if (key != null) {
          exact.put(key.exact(), create);
          folded.put(key.folded(), create);
          number++;
        }
      }
    }

    /**
     * The newest of several counts, which comes first; but one that is spelled alike, above all.
     */
    void take(ObjectNode record) {
      Key key = Key.of(resource, record).orElse(null);
      if (key == null) {
        return;
      }
      Change same = exact.get(key.exact());
      Change meant = folded.get(key.folded());
      if (same != null) {
        found.putIfAbsent(same, record);
      } else if (meant != null) {
        alike.putIfAbsent(meant, record);
      }
    }

    boolean foundAll() {
      return found().size() == number;
    }

    IdentityHashMap<Change, ObjectNode> found() {
      IdentityHashMap<Change, ObjectNode> all = new IdentityHashMap<>(alike);
      all.putAll(found);
      return all;
    }
  }
}
