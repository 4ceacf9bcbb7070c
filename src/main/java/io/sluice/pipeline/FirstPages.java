package io.sluice.pipeline;

import io.sluice.api.Listing;
import io.sluice.api.Page;
import io.sluice.hash.Hash64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The first pages of listings that are read one after the other. Once the first of them has come,
 * those of all others are asked for side by side, so that an account with few records of each kind
 * is read in the time of a few calls instead of one call a kind after another. A page that is not
 * taken is given up when the session closes. Thread-safe.
 */
public final class FirstPages {
  private final AccountSession session;
  private final Map<Listing, FirstPage> pages = new LinkedHashMap<>();

  /** Those of these listings, in the order in which they are read; nothing is asked for yet. */
  public FirstPages(AccountSession session, Collection<Listing> listings) {
    this.session = session;
    listings.forEach(listing -> pages.put(listing, new FirstPage(listing)));
  }

  /** The first page of a listing, for its first reading; null if it is none of these. */
  synchronized @Nullable FirstPage take(Listing listing) {
    return pages.remove(listing);
  }

  private synchronized void askForAll() {
    List.copyOf(pages.values()).forEach(FirstPage::ask);
  }

  /** A page that is asked for once, when it is wanted or before. */
  final class FirstPage {
    private final Listing listing;
    private final Hash64 hash = Hash64.random();
    private final AtomicBoolean asked = new AtomicBoolean();
    private final Sinks.One<Page> answer = Sinks.one();

    private FirstPage(Listing listing) {
      this.listing = listing;
    }

    /** Under what its ids are hashed. */
    Hash64 hash() {
      return hash;
    }

    /** The page; errors with what the client signals. */
    Mono<Page> page() {
      return answer.asMono().doFirst(this::ask).doOnSuccess(page -> askForAll());
    }

    private void ask() {
      if (asked.compareAndSet(false, true)) {
        session
            .patiently(session.client().page(listing, 1, hash))
            .subscribe(answer::tryEmitValue, answer::tryEmitError);
      }
    }
  }
}
