package io.sluice.pipeline;

import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Which pages of a listing are read again after its last one: a removal that moved records from a
 * page that was still to be read to one that had been read already shows there.
 */
public final class PagesReadAgain {
  /** Up to so many pages are all read again, which finds any removal; beyond, a sample is. */
  private static final int ALL = 50;

  private static final int SAMPLE = 4;

  private PagesReadAgain() {}

  /** How many they are, of a listing of so many pages. */
  public static long count(long pages) {
    if (pages <= 1) {
      return 0;
    }
    return pages <= ALL ? pages : SAMPLE;
  }

  /** Their numbers; one page alone was true at one moment. */
  static NavigableSet<Integer> of(ListingPass<?> reading) {
    int pages = reading.pages();
    NavigableSet<Integer> sample = new TreeSet<>();
    if (pages > 1 && pages <= ALL) {
      IntStream.rangeClosed(1, pages).forEach(sample::add);
    } else if (pages > 1) {
      sample.addAll(List.of(1, pages / 3, 2 * pages / 3, pages));
    }
    if (reading.endIsAGuess()) {
      sample.add(pages + 1);
    }
    return sample;
  }
}
