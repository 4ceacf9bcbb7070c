package io.sluice.pipeline;

import io.sluice.api.Listing;
import io.sluice.api.Page;
import io.sluice.disk.IdSet;
import io.sluice.flow.Blocking;
import io.sluice.flow.PageStream;
import io.sluice.hash.Hash64;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Reads a whole listing so that the result can be trusted: each record once, and again from the
 * start if the list moved meanwhile.
 *
 * <p>Records are listed by creation, so an addition comes last and shifts nothing; in a listing
 * whose order is not known an addition counts as a move. A removal moves everything behind it one
 * place up: a record can slip from a page that is still to be read to one that has been read
 * already. Pages read again show that, since the one that was read too early holds other records
 * now.
 */
public final class ListingReader {
  private static final int READINGS = 3;

  private static final long BYTES_IN_FLIGHT = 16L << 20;

  private final AccountSession session;
  private final Path scratch;
  private final int expectedPages;
  private final @Nullable FirstPages firstPages;

  /** Told how a reading goes on. */
  public interface Watcher {
    /** So many records have been read, of so many if that is known. */
    void rows(long rows, @Nullable Long total);

    /** The list moved; it is read again. */
    void again(String why);

    /** Does nothing. */
    Watcher NONE =
        new Watcher() {
          @Override
          public void rows(long rows, @Nullable Long total) {}

          @Override
          public void again(String why) {}
        };
  }

  /** It takes more requests than it may. */
  private static final class GivenUp extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GivenUp() {
      super("given up", null, false, false);
    }
  }

  /** Opens the place for the records of one more reading. Blocking. */
  @FunctionalInterface
  public interface Sinks<S extends RowSink> {
    S open() throws IOException;
  }

  /**
   * What was read.
   *
   * @param sink where the records are; closed
   * @param moved why the reading cannot be trusted, or null if it can
   */
  public record Result<S extends RowSink>(
      S sink, long rows, int pages, @Nullable Long total, @Nullable String moved) {}

  /**
   * @param scratch a directory for what does not fit into memory
   */
  public ListingReader(AccountSession session, Path scratch) {
    this(session, scratch, 1, null);
  }

  private ListingReader(
      AccountSession session, Path scratch, int expectedPages, @Nullable FirstPages firstPages) {
    this.session = session;
    this.scratch = scratch;
    this.expectedPages = expectedPages;
    this.firstPages = firstPages;
  }

  /** The same, for one of several listings whose first pages are asked for together. */
  public ListingReader startingWith(FirstPages pages) {
    return new ListingReader(session, scratch, expectedPages, pages);
  }

  /**
   * The same, for a listing that had so many pages when it was last read: a reading does not wait
   * for its first page then to learn that others follow. A wrong guess costs calls for pages that
   * are not there, no more than may be under way at once, and nothing else.
   */
  public ListingReader expecting(int pages) {
    return new ListingReader(session, scratch, Math.max(1, pages), firstPages);
  }

  /**
   * Reads the listing, three times at most. Errors with what the client signals, or {@link
   * UnavailableException} if the account does not offer such records; the sinks of readings that
   * are not kept are discarded, also on error and when cancelled.
   *
   * @param mostRequests how many requests it may take after the first page, if nothing moves; the
   *     result is empty if that page shows that it takes more
   */
  public <S extends RowSink> Mono<Result<S>> read(
      Listing listing, Sinks<S> sinks, Watcher watcher, long mostRequests) {
    return Mono.usingWhen(
            Mono.fromSupplier(() -> new Readings<>(listing, sinks, watcher, mostRequests)),
            Readings::attempt,
            Readings::dispose,
            (readings, error) -> readings.dispose(),
            Readings::dispose)
        .onErrorResume(GivenUp.class, givenUp -> Mono.empty());
  }

  /** A page, and how many records there were when it was asked for, if that was known. */
  private record Fetched(Page page, @Nullable Long totalBefore) {}

  /** The readings of one listing. */
  private final class Readings<S extends RowSink> {
    private final Listing listing;
    private final Sinks<S> sinks;
    private final Watcher watcher;
    private final long mostRequests;
    private final FirstPages.@Nullable FirstPage ahead;
    private final List<ListingPass<S>> open = new ArrayList<>();

    Readings(Listing listing, Sinks<S> sinks, Watcher watcher, long mostRequests) {
      this.listing = listing;
      this.sinks = sinks;
      this.watcher = watcher;
      this.mostRequests = mostRequests;
      this.ahead = firstPages == null ? null : firstPages.take(listing);
    }

    Mono<Result<S>> attempt() {
      boolean last = open.size() + 1 == READINGS;
      return Blocking.call(
              () -> {
                Hash64 hash = ahead == null ? Hash64.random() : ahead.hash();
                ListingPass<S> reading =
                    new ListingPass<>(
                        listing, sinks.open(), new IdSet(scratch), hash, open.isEmpty(), last);
                open.add(reading);
                return reading;
              })
          .flatMap(this::readTwice)
          .flatMap(
              reading -> {
                if (reading.moved() == null || last) {
                  return keepBest();
                }
                watcher.again(reading.moved());
                return attempt();
              });
    }

    /** Reads every page, and then some of them again. */
    private Mono<ListingPass<S>> readTwice(ListingPass<S> reading) {
      PageStream<Fetched> pages =
          new PageStream<>(
              number -> fetch(number, reading),
              fetched -> reading.outlook(fetched.page()),
              fetched -> fetched.page().bytes().length,
              session.concurrency(),
              BYTES_IN_FLIGHT,
              new PageStream.Beginning<>(expectedPages, first(reading)),
              session::hasCallsToSpare);
      return pages
          .consume(fetched -> takeIn(fetched, reading))
          .then(
              Mono.defer(
                  () -> {
                    reading.finish();
                    return checkAgain(pages, reading);
                  }));
    }

    /** The first page, if it was asked for ahead of this reading. */
    private @Nullable Mono<Fetched> first(ListingPass<S> reading) {
      return ahead == null || !reading.isFirst()
          ? null
          : ahead
              .page()
              .onErrorMap(error -> UnavailableException.of(listing.resource(), error))
              .map(page -> new Fetched(page, null));
    }

    private Mono<Fetched> fetch(int number, ListingPass<S> reading) {
      return Mono.defer(
          () -> {
            Long before = reading.total();
            return session
                .patiently(session.client().page(listing, number, reading.hash()))
                .onErrorResume(
                    error -> reading.pages() == 0, error -> refused(error, number, reading))
                .map(page -> new Fetched(page, before));
          });
    }

    /** A kind of records is missing if the first page says so, whichever page is heard first. */
    private Mono<Page> refused(Throwable error, int number, ListingPass<S> reading) {
      Throwable meaning = UnavailableException.of(listing.resource(), error);
      return number == 1 || meaning == error
          ? Mono.error(meaning)
          : fetch(1, reading).then(Mono.error(error));
    }

    private Mono<Void> takeIn(Fetched fetched, ListingPass<S> reading) {
      return Blocking.run(
          () -> {
            reading.accept(fetched.page(), fetched.totalBefore());
            fetched.page().release();
            watcher.rows(reading.rows(), reading.total());
            if (reading.isFirst() && fetched.page().number() == 1) {
              long pages = reading.expectedPages(fetched.page());
              if (pages - 1 + PagesReadAgain.count(pages) > mostRequests) {
                throw new GivenUp();
              }
            }
          });
    }

    private Mono<ListingPass<S>> checkAgain(PageStream<Fetched> pages, ListingPass<S> reading) {
      Collection<Integer> sample = reading.moved() == null ? PagesReadAgain.of(reading) : List.of();
      return pages
          .again(sample)
          .map(Fetched::page)
          .doOnNext(
              again -> {
                if (!reading.unchanged(again)) {
                  reading.moved("page " + again.number() + ", read again, holds other records");
                }
                again.release();
              })
          .takeWhile(again -> reading.moved() == null)
          .then(Mono.just(reading));
    }

    /** Of readings that all moved, the one with most records; a steady one comes alone. */
    private Mono<Result<S>> keepBest() {
      ListingPass<S> latest = open.get(open.size() - 1);
      ListingPass<S> best =
          latest.moved() == null
              ? latest
              : open.stream().max(Comparator.comparingLong(ListingPass::rows)).orElse(latest);
      return Blocking.call(
          () -> {
            best.sink().close();
            open.remove(best);
            best.close();
            return new Result<>(best.sink(), best.rows(), best.pages(), best.total(), best.moved());
          });
    }

    Mono<Void> dispose() {
      return Blocking.run(
          () -> {
            for (ListingPass<S> reading : open) {
              reading.sink().discard();
              reading.close();
            }
          });
    }
  }
}
