package io.sluice.flow;

import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads a paged listing from its first page on: in order, several pages in flight, never more bytes
 * of pages on the way than a budget allows (until the first has come, each is taken for its share
 * of that), and a page that is late is asked for again. Lazy: nothing is fetched before there is a
 * subscriber, and no further than it asks for; cancelling cancels every page in flight.
 *
 * @param <P> a page
 */
public final class PageStream<P> {
  /** So many times as many pages as may be in flight are waited for, if their bytes allow it. */
  private static final int WINDOW = 4;

  /**
   * What a page tells of how the listing goes on.
   *
   * @param ends true if no page follows it
   * @param lastPage the number of the last page as far as is known; 0 if that is unknown
   */
  public record Outlook(boolean ends, int lastPage) {}

  /**
   * What is known of a listing before a page has been seen.
   *
   * @param pages how many there seem to be, from 1: so many are asked for without waiting for the
   *     first
   * @param first the first page, if it has been asked for already
   */
  public record Beginning<P>(int pages, @Nullable Mono<P> first) {
    /** Nothing is known. */
    public static <P> Beginning<P> unknown() {
      return new Beginning<>(1, null);
    }
  }

  private final IntFunction<Mono<P>> fetch;
  private final Function<P, Outlook> outlook;
  private final ToLongFunction<P> bytes;
  private final int lookahead;
  private final long budget;
  private final Beginning<P> beginning;
  private final HedgedCalls calls;

  /**
   * A listing that can be read any number of times.
   *
   * @param fetch brings the page of a number, from 1
   * @param outlook what a page tells; asked for each page in order
   * @param bytes how much memory a page takes
   * @param lookahead how many pages may be in flight at once; how many of them are follows from how
   *     long pages take
   * @param budget how many bytes of pages may be on the way at once; a single page always may
   * @param beginning what is known of it before a page has been seen
   * @param spare whether a page that is late may be asked for once more at this moment
   */
  public PageStream(
      IntFunction<Mono<P>> fetch,
      Function<P, Outlook> outlook,
      ToLongFunction<P> bytes,
      int lookahead,
      long budget,
      Beginning<P> beginning,
      BooleanSupplier spare) {
    this.fetch = fetch;
    this.outlook = outlook;
    this.bytes = bytes;
    this.lookahead = lookahead;
    this.budget = budget;
    this.beginning = beginning;
    this.calls = new HedgedCalls(lookahead, spare);
  }

  /**
   * Reads every page and hands it on, one after the other; a page's memory counts as free once it
   * has been consumed. The first error ends the stream.
   */
  public <R> Flux<R> consume(Function<P, Mono<R>> consumer) {
    return Flux.defer(
        () -> {
          Run run = new Run();
          return Flux.defer(run::nextRound)
              .concatMap(held -> consumer.apply(held.page()).doFinally(end -> held.release()), 0)
              .repeat(run::goesOn);
        });
  }

  /**
   * Reads the pages of these numbers once more, several at once, and hands them on in this order.
   */
  public Flux<P> again(Collection<Integer> numbers) {
    return Flux.defer(
        () -> {
          AtomicBoolean over = new AtomicBoolean();
          return Flux.fromIterable(numbers)
              .flatMapSequential(number -> page(number, over), lookahead, 1)
              .doOnCancel(() -> over.set(true));
        });
  }

  /**
   * One page.
   *
   * @param over set when no more pages are wanted: those in flight are cancelled one by one then,
   *     and none shall take their place
   */
  private Mono<P> page(int number, AtomicBoolean over) {
    return calls
        .call(Mono.defer(() -> over.get() ? Mono.never() : fetch.apply(number)))
        .doOnError(error -> over.set(true));
  }

  private final class Held {
    private final P page;
    private final ByteBudget.Lease lease;

    Held(P page, ByteBudget.Lease lease) {
      this.page = page;
      this.lease = lease;
    }

    P page() {
      return page;
    }

    void release() {
      lease.release();
    }
  }

  /** One subscription: rounds of pages, each as far as the end is known. */
  private final class Run {
    private final ByteBudget room = ByteBudget.create(budget);
    private final AtomicLong largest = new AtomicLong();
    private final AtomicBoolean over = new AtomicBoolean();
    private int last;
    private @Nullable Outlook latest;

    Flux<Held> nextRound() {
      int first = last + 1;
      int count = latest == null ? beginning.pages() : pagesAhead(latest);
      return Flux.range(first, count)
          .flatMapSequential(this::fetchHeld, WINDOW * lookahead, 1)
          .doOnNext(this::note)
          .takeUntil(held -> !goesOn())
          .doOnCancel(() -> over.set(true));
    }

    boolean goesOn() {
      return latest != null && !latest.ends();
    }

    /**
     * All that are known of; where nothing is known, ever more up to as many as may be in flight.
     */
    private int pagesAhead(Outlook known) {
      if (known.lastPage() > last) {
        return known.lastPage() - last;
      }
      return known.lastPage() == 0 ? Math.min(lookahead, last) : 1;
    }

    private Mono<Held> fetchHeld(int number) {
      return room.lease(this::pageBytes)
          .flatMap(
              lease ->
                  firstOr(number)
                      .flatMap(page -> held(page, lease))
                      .doOnError(error -> lease.release())
                      .doOnCancel(lease::release));
    }

    /** Frees the room that the page does not need, after it has shown whether others follow. */
    private Mono<Held> held(P page, ByteBudget.Lease lease) {
      long size = bytes.applyAsLong(page);
      return Mono.just(new Held(page, lease))
          .doAfterTerminate(
              () -> {
                largest.accumulateAndGet(size, Math::max);
                lease.resize(size);
              });
    }

    /**
     * A first page that was asked for earlier is not timed: that says nothing about later calls.
     */
    private Mono<P> firstOr(int number) {
      Mono<P> first = beginning.first();
      return number == 1 && first != null
          ? first.doOnError(error -> over.set(true))
          : page(number, over);
    }

    /** How much room the next page is given: as much as the largest so far took. */
    private long pageBytes() {
      long seen = largest.get();
      return seen == 0 ? budget / lookahead : seen;
    }

    private void note(Held held) {
      last++;
      latest = outlook.apply(held.page());
      if (!goesOn()) {
        over.set(true);
      }
    }
  }
}
