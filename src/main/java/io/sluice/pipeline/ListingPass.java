package io.sluice.pipeline;

import io.sluice.api.Listing;
import io.sluice.api.Page;
import io.sluice.disk.IdSet;
import io.sluice.flow.PageStream.Outlook;
import io.sluice.hash.Hash64;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One passage over a listing. Hands every record on exactly once and notices when the list moves
 * under it. Pages come one after the other; which thread brings them does not matter.
 */
final class ListingPass<S extends RowSink> implements Closeable {
  private final Listing listing;
  private final S sink;
  private final IdSet seen;
  private final boolean first;
  private final boolean last;
  private final Hash64 hash;
  private long[] digests = new long[16];
  private long[] lastPageIds = new long[0];
  private int pages;
  private int pageSize;
  private boolean ended;
  private boolean barren;
  private volatile @Nullable Long total;
  private @Nullable String moved;

  /**
   * @param hash under what its pages hash the ids
   * @param first whether no other reading came before
   * @param last whether this reading goes on to the end even if the list moves
   */
  ListingPass(Listing listing, S sink, IdSet seen, Hash64 hash, boolean first, boolean last) {
    this.listing = listing;
    this.sink = sink;
    this.seen = seen;
    this.hash = hash;
    this.first = first;
    this.last = last;
  }

  Hash64 hash() {
    return hash;
  }

  /**
   * Takes the next page in; blocking, as it writes.
   *
   * @param totalBefore how many records there were when the page was asked for, if that was known;
   *     else the total of the page before counts, which may have been asked for at the same moment
   */
  void accept(Page page, @Nullable Long totalBefore) throws IOException {
    checkTotal(page, totalBefore == null ? total : totalBefore);
    long before = seen.size();
    writeFresh(page);
    barren = seen.size() == before;
    if (page.count() > 0) {
      remember(page);
    }
  }

  /** How the listing goes on after a page, as far as that page tells. Asked before accepting it. */
  Outlook outlook(Page page) {
    learnPageSize(page);
    boolean abandoned = moved != null && !last;
    boolean repeating = barren && page.number() > 1;
    int known = knownLastPage(page);
    ended = page.count() == 0;
    return new Outlook(ended || abandoned || repeating || endsShort(page, known), known);
  }

  /** To be called after the last page: were there as many records as the server said? */
  void finish() {
    Long counted = total;
    if (moved == null && counted != null && seen.size() < counted) {
      moved("the server counts " + counted + " records, but lists " + seen.size());
    }
  }

  /**
   * True if only a page that was not full told that the listing ends there, and no total says so
   * too: then the page behind it has to be empty.
   */
  boolean endIsAGuess() {
    return !ended && total == null;
  }

  /** True if a page, read again, still holds what it held; later records may follow on the last. */
  boolean unchanged(Page again) {
    if (again.number() > pages) {
      return again.count() == 0;
    }
    if (again.number() < pages) {
      return Arrays.hashCode(again.ids()) == digests[again.number() - 1];
    }
    long[] now = again.ids();
    return now.length >= lastPageIds.length
        && Arrays.equals(now, 0, lastPageIds.length, lastPageIds, 0, lastPageIds.length);
  }

  boolean isFirst() {
    return first;
  }

  /** How many pages there seem to be; where the server does not tell, one more than this one. */
  long expectedPages(Page page) {
    int known = knownLastPage(page);
    return known > 0 ? known : page.number() + (page.count() < listing.perPage() ? 0 : 1);
  }

  /** Notes that the list moved; the first reason is kept. */
  void moved(String why) {
    if (moved == null) {
      moved = why;
    }
  }

  /** Why this reading cannot be trusted, or null if it can. */
  @Nullable String moved() {
    return moved;
  }

  /** How many pages with records there were. */
  int pages() {
    return pages;
  }

  long rows() {
    return seen.size();
  }

  /** How many records there are, by the server's latest count; null if it gives none of use. */
  @Nullable Long total() {
    return total;
  }

  S sink() {
    return sink;
  }

  /** What the server says; else what the first page shows, if the total says that more follow. */
  private void learnPageSize(Page page) {
    if (page.size() > 0) {
      pageSize = page.size();
    } else if (page.number() == 1) {
      Long counted = usableTotal(page);
      pageSize = counted != null && counted > page.count() ? page.count() : 0;
    }
  }

  /** With filters the server's total counts what they leave out as well. */
  private @Nullable Long usableTotal(Page page) {
    return listing.filtered() ? null : page.info().totalCount();
  }

  private int knownLastPage(Page page) {
    Long counted = usableTotal(page);
    if (counted == null) {
      return 0;
    }
    int size = Math.max(1, pageSize == 0 ? listing.perPage() : pageSize);
    return (int) Math.min((counted + size - 1) / size, Integer.MAX_VALUE);
  }

  /** True if a page that is not full ends the listing. */
  private boolean endsShort(Page page, int known) {
    if (known > 0) {
      int size = pageSize == 0 ? listing.perPage() : pageSize;
      return page.number() >= known && page.count() < size;
    }
    // Without a total, the last reading goes on until a page is empty.
    return !last && pageSize > 0 && page.count() < pageSize;
  }

  private void checkTotal(Page page, @Nullable Long totalBefore) {
    Long now = usableTotal(page);
    if (now == null) {
      return;
    }
    if (totalBefore != null && now < totalBefore) {
      moved("the list shrank from " + totalBefore + " to " + now + " records");
    } else if (totalBefore != null && now > totalBefore && !listing.ordered()) {
      moved("the list grew from " + totalBefore + " to " + now + " records, anywhere in it");
    }
    if (pages == 0) {
      seen.expect(now);
    }
    total = now;
    int known = knownLastPage(page);
    if (page.number() < known && page.count() < (pageSize == 0 ? listing.perPage() : pageSize)) {
      moved("page " + page.number() + " of " + known + " holds only " + page.count());
    }
  }

  private void writeFresh(Page page) throws IOException {
    int from = 0;
    for (int i = 0; i < page.count(); i++) {
      if (!seen.add(page.id(i))) {
        moved("a record is listed twice, the second time on page " + page.number());
        write(page, from, i);
        from = i + 1;
      }
    }
    write(page, from, page.count());
  }

  private void write(Page page, int from, int to) throws IOException {
    if (to > from) {
      sink.write(page.bytes(), page.start(from), page.start(to), to - from);
    }
  }

  private void remember(Page page) {
    lastPageIds = page.ids();
    pages = page.number();
    if (pages > digests.length) {
      digests = Arrays.copyOf(digests, Math.max(pages, digests.length * 2));
    }
    digests[pages - 1] = Arrays.hashCode(lastPageIds);
  }

  @Override
  public void close() {
    seen.close();
  }
}
