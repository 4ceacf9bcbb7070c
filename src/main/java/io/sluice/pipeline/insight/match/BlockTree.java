package io.sluice.pipeline.insight.match;

import io.sluice.catalog.pattern.IpBlock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * IP blocks as a tree in which each hangs below the narrowest one around it. The tree lies in one
 * sorted list: what contains a block is the entry before its place and what that hangs below.
 */
final class BlockTree {
  private static final Comparator<Entry> ORDER =
      Comparator.comparing(Entry::block).thenComparingInt(Entry::ordinal);

  private final List<Entry> entries = new ArrayList<>();
  private int[] above = {};

  private record Entry(IpBlock block, int ordinal) {}

  /** Is shown what contains a block. */
  @FunctionalInterface
  interface Visitor {
    void found(int ordinal, boolean same);
  }

  void add(IpBlock block, int ordinal) {
    entries.add(new Entry(block, ordinal));
  }

  /** Makes what was added findable. */
  void link() {
    entries.sort(ORDER);
    above = new int[entries.size()];
    for (int i = 0; i < above.length; i++) {
      int around = i - 1;
      while (around >= 0 && !entries.get(around).block().contains(entries.get(i).block())) {
        around = above[around];
      }
      above[i] = around;
    }
  }

  void containing(IpBlock block, Visitor visitor) {
    for (int at = floor(block); at >= 0; at = above[at]) {
      Entry entry = entries.get(at);
      if (entry.block().contains(block)) {
        visitor.found(entry.ordinal(), entry.block().equals(block));
      }
    }
  }

  /** The last entry whose block is not behind that block; -1 if there is none. */
  private int floor(IpBlock block) {
    int from = 0;
    int to = entries.size();
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (entries.get(middle).block().compareTo(block) <= 0) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from - 1;
  }
}
