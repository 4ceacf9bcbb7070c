package io.sluice.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Keys are found where they were put, also several of one kind, and after others went. */
final class LongTableTest {
  private static final int PLACES = 64;

  @Property(tries = 300)
  void itHoldsWhatAListHolds(@ForAll long seed) {
    Random random = new Random(seed);
    LongTable table =
        random.nextBoolean() ? LongTable.of(PLACES) : LongTable.in(LongBuffer.allocate(PLACES));
    List<Long> expected = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      // Few different keys, of which many want the same place.
      long key = (1 + random.nextInt(6)) * (long) PLACES + random.nextInt(3) - 1;
      if (expected.size() < PLACES - 1 && random.nextInt(3) > 0) {
        table.put(table.free(key), key);
        expected.add(key);
      } else if (expected.remove(key)) {
        remove(table, key);
      }
      assertThat(count(table, key)).isEqualTo(Collections.frequency(expected, key));
    }
    for (long key : expected) {
      assertThat(count(table, key)).isEqualTo(Collections.frequency(expected, key));
    }
  }

  private static void remove(LongTable table, long key) {
    int hole = table.place(key);
    assertThat(table.at(hole)).isEqualTo(key);
    for (int from = table.successor(hole); from != hole; from = table.successor(hole)) {
      table.put(hole, table.at(from));
      hole = from;
    }
    table.put(hole, 0);
  }

  private static int count(LongTable table, long key) {
    int count = 0;
    for (int place = table.place(key); table.at(place) != 0; place = table.next(place, key)) {
      count++;
    }
    return count;
  }
}
