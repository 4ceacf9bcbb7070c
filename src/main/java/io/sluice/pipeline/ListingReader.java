package io.sluice.pipeline;

import io.sluice.api.Listing;
import io.sluice.api.Page;
import io.sluice.flow.PageStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Reads a whole listing so that the result can be trusted: each record once, and again from the
 * start if the list moved meanwhile.
 *
 * <p>Records are listed by creation, so an addition comes last and shifts nothing; a removal moves
 * everything behind it one place up. The last page read again therefore shows any removal, the
 * first and a middle one those that an insertion behind them hides.
 */
final class ListingReader {
  private static final int READINGS = 3;
  private static final int LOOKAHEAD = 8;
  private static final long BYTES_IN_FLIGHT = 8L << 20;

  private final AccountSession session;
  private final Path scratch;
  private final Scheduler disk = Schedulers.boundedElastic();

  /** Told how a reading goes on. */
  interface Watcher {
    /** So many records have been read, of so many if that is known. */
    void rows(long rows, @Nullable Long total);

    /** The list moved; it is read again. */
    void again(String why);
  }

  /** Opens the place for the records of one more reading. Blocking. */
  @FunctionalInterface
  interface Sinks {
    RowSink open() throws IOException;
  }

  /**
   * What was read.
   *
   * @param sink where the records are; closed
   * @param moved why the reading cannot be trusted, or null if it can
   */
  record Result(RowSink sink, long rows, int pages, @Nullable Long total, @Nullable String moved) {}

  /**
   * @param scratch a directory for what does not fit into memory
   */
  ListingReader(AccountSession session, Path scratch) {
    this.session = session;
    this.scratch = scratch;
  }

  /**
   * Reads the listing, three times at most. Errors with what the client signals; the sinks of
   * readings that are not kept are discarded, also on error and when cancelled.
   */
  Mono<Result> read(Listing listing, Sinks sinks, Watcher watcher) {
    return Mono.usingWhen(
        Mono.fromSupplier(() -> new ArrayList<Reading>()),
        readings -> attempt(listing, sinks, watcher, readings),
        readings -> dispose(readings),
        (readings, error) -> dispose(readings),
        readings -> dispose(readings));
  }

  private Mono<Result> attempt(
      Listing listing, Sinks sinks, Watcher watcher, List<Reading> readings) {
    boolean last = readings.size() + 1 == READINGS;
    return Mono.fromCallable(
            () -> {
              Reading reading = new Reading(listing, sinks.open(), new IdSet(scratch), last);
              readings.add(reading);
              return reading;
            })
        .subscribeOn(disk)
        .flatMap(reading -> readPages(listing, reading, watcher))
        .flatMap(reading -> checkAgain(listing, reading))
        .flatMap(
            reading -> {
              if (reading.moved() == null || last) {
                return keepBest(readings);
              }
              watcher.again(reading.moved());
              return attempt(listing, sinks, watcher, readings);
            });
  }

  private Mono<Reading> readPages(Listing listing, Reading reading, Watcher watcher) {
    PageStream<Page> pages =
        new PageStream<>(
            number -> fetch(listing, number, reading),
            reading::outlook,
            page -> page.bytes().length,
            Math.min(LOOKAHEAD, session.concurrency()),
            BYTES_IN_FLIGHT);
    return pages
        .consume(page -> takeIn(page, reading, watcher))
        .then(
            Mono.fromCallable(
                () -> {
                  reading.finish();
                  return reading;
                }));
  }

  private Mono<Page> fetch(Listing listing, int number, Reading reading) {
    return session.patiently(session.client().page(listing, number, reading.fingerprint()));
  }

  private Mono<Page> takeIn(Page page, Reading reading, Watcher watcher) {
    return Mono.fromCallable(
            () -> {
              reading.accept(page);
              watcher.rows(reading.rows(), reading.total());
              return page;
            })
        .subscribeOn(disk);
  }

  private Mono<Reading> checkAgain(Listing listing, Reading reading) {
    if (reading.moved() != null || reading.pages() < 2) {
      return Mono.just(reading);
    }
    TreeSet<Integer> sample = new TreeSet<>(List.of(1, (reading.pages() + 1) / 2, reading.pages()));
    return Flux.fromIterable(sample)
        .concatMap(number -> fetch(listing, number, reading), 0)
        .doOnNext(
            again -> {
              if (!reading.unchanged(again)) {
                reading.moved("page " + again.number() + ", read again, holds other records");
              }
            })
        .then(Mono.just(reading));
  }

  /** Of readings that all moved, the one with most records; a steady one comes alone. */
  private Mono<Result> keepBest(List<Reading> readings) {
    Reading latest = readings.get(readings.size() - 1);
    Reading best =
        latest.moved() == null
            ? latest
            : readings.stream().max(Comparator.comparingLong(Reading::rows)).orElse(latest);
    return Mono.fromCallable(
            () -> {
              best.sink().close();
              readings.remove(best);
              best.close();
              return new Result(best.sink(), best.rows(), best.pages(), best.total(), best.moved());
            })
        .subscribeOn(disk);
  }

  private Mono<Void> dispose(List<Reading> readings) {
    return Mono.<Void>fromCallable(
            () -> {
              for (Reading reading : readings) {
                reading.sink().discard();
                reading.close();
              }
              return null;
            })
        .subscribeOn(disk);
  }
}
