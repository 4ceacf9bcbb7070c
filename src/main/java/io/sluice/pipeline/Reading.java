package io.sluice.pipeline;

import io.sluice.api.IdFingerprint;
import io.sluice.api.Listing;
import io.sluice.api.Page;
import io.sluice.flow.PageStream.Outlook;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One passage over a listing. Hands every record on exactly once and notices when the list moves
 * under it. Pages come one after the other; which thread brings them does not matter.
 */
final class Reading implements Closeable {
  private final Listing listing;
  private final RowSink sink;
  private final IdSet seen;
  private final boolean last;
  private final IdFingerprint fingerprint =
      new IdFingerprint(ThreadLocalRandom.current().nextLong());
  private long[] digests = new long[16];
  private long[] lastPageIds = new long[0];
  private int pages;
  private @Nullable Long total;
  private @Nullable String moved;

  /**
   * @param last whether this reading goes on to the end even if the list moves
   */
  Reading(Listing listing, RowSink sink, IdSet seen, boolean last) {
    this.listing = listing;
    this.sink = sink;
    this.seen = seen;
    this.last = last;
  }

  IdFingerprint fingerprint() {
    return fingerprint;
  }

  /** Takes the next page in; blocking, as it writes. */
  void accept(Page page) throws IOException {
    checkTotal(page);
    writeFresh(page);
    if (page.count() > 0) {
      remember(page);
    }
  }

  /** How the listing goes on after a page, as far as that page tells. */
  Outlook outlook(Page page) {
    boolean abandoned = moved != null && !last;
    int known = knownLastPage(page);
    boolean ends = page.count() == 0 || (!page.full() && page.number() >= known);
    return new Outlook(ends || abandoned, known);
  }

  /** To be called after the last page: were there as many records as the server said? */
  void finish() {
    if (moved == null && total != null && seen.size() < total) {
      moved("the server counts " + total + " records, but lists " + seen.size());
    }
  }

  /** True if a page, read again, still holds what it held; later records may follow on the last. */
  boolean unchanged(Page again) {
    if (again.number() < pages) {
      return Arrays.hashCode(again.ids()) == digests[again.number() - 1];
    }
    long[] now = again.ids();
    return now.length >= lastPageIds.length
        && Arrays.equals(now, 0, lastPageIds.length, lastPageIds, 0, lastPageIds.length);
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

  int pages() {
    return pages;
  }

  long rows() {
    return seen.size();
  }

  @Nullable Long total() {
    return total;
  }

  RowSink sink() {
    return sink;
  }

  private int knownLastPage(Page page) {
    Long count = page.info().totalCount();
    if (count == null || listing.filtered()) {
      return 0;
    }
    return (int) Math.min((count + page.size() - 1) / page.size(), Integer.MAX_VALUE);
  }

  private void checkTotal(Page page) {
    Long now = listing.filtered() ? null : page.info().totalCount();
    if (now == null) {
      return;
    }
    if (total != null && now < total) {
      moved("the list shrank from " + total + " to " + now + " records");
    }
    total = now;
    if (!page.full() && page.number() < knownLastPage(page)) {
      moved("page " + page.number() + " of " + knownLastPage(page) + " holds only " + page.count());
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
    if (pages == digests.length) {
      digests = Arrays.copyOf(digests, pages * 2);
    }
    digests[pages++] = Arrays.hashCode(lastPageIds);
  }

  @Override
  public void close() {
    seen.close();
  }
}
