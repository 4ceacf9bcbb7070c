package io.sluice.pipeline.insight.match;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;

/** The ordinals of records by a text of theirs; several may have the same. */
final class Chains {
  private final Map<String, Integer> last = new HashMap<>();
  private int[] ordinals = new int[16];
  private int[] before = new int[16];
  private int size;

  void add(String text, int ordinal) {
    if (size == ordinals.length) {
      ordinals = Arrays.copyOf(ordinals, size * 2);
      before = Arrays.copyOf(before, size * 2);
    }
    ordinals[size] = ordinal;
    Integer former = last.put(text, size);
    before[size] = former == null ? -1 : former;
    size++;
  }

  void find(String text, IntConsumer found) {
    Integer place = last.get(text);
    for (int at = place == null ? -1 : place; at >= 0; at = before[at]) {
      found.accept(ordinals[at]);
    }
  }
}
