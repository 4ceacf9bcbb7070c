package io.sluice.pipeline.insight.regex;

import io.sluice.pipeline.insight.regex.Node.AnyCharacter;
import io.sluice.pipeline.insight.regex.Node.Group;
import io.sluice.pipeline.insight.regex.Node.Literal;
import io.sluice.pipeline.insight.regex.Node.OneOf;
import io.sluice.pipeline.insight.regex.Node.Repeat;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The places in an expression that take a character, and which may follow which, in how many ways.
 * Place 0 is the beginning. Source: V. M. Glushkov, "The abstract theory of automata" (1961); that
 * ways are counted is added, for two ways between the same places are an ambiguity.
 */
final class PositionGraph {
  /** What has more places is not looked at. */
  private static final int MOST = 250;

  /** What is repeated so seldom is written out. */
  private static final int FEW = 3;

  private final Alphabet alphabet;
  private final List<BitSet> sets = new ArrayList<>();
  private final List<Map<Integer, Integer>> follow = new ArrayList<>();
  private final List<BitSet> reach = new ArrayList<>();
  private boolean whole = true;

  /** A part: in how many ways it is empty, where it begins and where it ends. */
  private record Part(int empty, Map<Integer, Integer> first, Map<Integer, Integer> last) {
    static final Part EMPTY = new Part(1, Map.of(), Map.of());
    static final Part NONE = new Part(0, Map.of(), Map.of());
  }

  PositionGraph(RegexTree tree, Alphabet alphabet) {
    this.alphabet = alphabet;
    sets.add(new BitSet());
    follow.add(new HashMap<>());
    Part all = branches(tree.branches());
    link(Map.of(0, 1), all.first());
    close();
  }

  /** False if the expression has so many places that not all are here. */
  boolean isWhole() {
    return whole;
  }

  int size() {
    return sets.size();
  }

  /** The characters that the place takes. */
  BitSet set(int place) {
    return sets.get(place);
  }

  /** The places that may follow, and in how many ways: 1, or 2 for several. */
  Map<Integer, Integer> after(int place) {
    return follow.get(place);
  }

  /** True if one place may come some time after the other. */
  boolean reaches(int from, int to) {
    return reach.get(from).get(to);
  }

  /** True if both are in one loop. */
  boolean together(int one, int other) {
    return reaches(one, other) && reaches(other, one);
  }

  /** All characters that may come after the place, some time. */
  BitSet charactersAfter(int place) {
    BitSet all = new BitSet();
    reach.get(place).stream().forEach(next -> all.or(sets.get(next)));
    return all;
  }

  private void close() {
    for (Map<Integer, Integer> next : follow) {
      BitSet direct = new BitSet();
      next.keySet().forEach(direct::set);
      reach.add(direct);
    }
    for (int by = 0; by < size(); by++) {
      for (BitSet from : reach) {
        if (from.get(by)) {
          from.or(reach.get(by));
        }
      }
    }
  }

  private Part branches(List<List<Node>> branches) {
    Part sum = Part.NONE;
    for (List<Node> branch : branches) {
      Part one = sequence(branch);
      sum =
          new Part(
              capped(sum.empty() + one.empty()),
              sum(sum.first(), one.first(), 1),
              sum(sum.last(), one.last(), 1));
    }
    return sum;
  }

  private Part sequence(List<Node> nodes) {
    Part before = Part.EMPTY;
    for (Node node : nodes) {
      Part next = node(node);
      link(before.last(), next.first());
      before =
          new Part(
              capped(before.empty() * next.empty()),
              sum(before.first(), next.first(), before.empty()),
              sum(next.last(), before.last(), next.empty()));
    }
    return before;
  }

  private Part node(Node node) {
    if (node instanceof Literal || node instanceof AnyCharacter || node instanceof OneOf) {
      if (sets.size() >= MOST) {
        whole = false;
        return Part.NONE;
      }
      int place = sets.size();
      sets.add(alphabet.of(node));
      follow.add(new HashMap<>());
      return new Part(0, Map.of(place, 1), Map.of(place, 1));
    } else if (node instanceof Group group) {
      Part inside = branches(group.branches());
      return group.look() ? new Part(1, inside.first(), inside.last()) : inside;
    } else if (node instanceof Repeat repeat) {
      return repeated(repeat);
    }
    return Part.EMPTY;
  }

  private Part repeated(Repeat repeat) {
    if (repeat.most() == 0) {
      return Part.EMPTY;
    } else if (repeat.most() <= FEW) {
      List<Node> copies = new ArrayList<>();
      for (int i = 0; i < repeat.most(); i++) {
        copies.add(i < repeat.least() || repeat.most() == 1 ? repeat.of() : once(repeat.of()));
      }
      Part written = sequence(copies);
      return repeat.least() == 0 ? new Part(1, written.first(), written.last()) : written;
    }
    Part inside = node(repeat.of());
    link(inside.last(), inside.first());
    return repeat.least() == 0 ? new Part(1, inside.first(), inside.last()) : inside;
  }

  private static Node once(Node of) {
    return new Repeat(of, 0, 1);
  }

  private void link(Map<Integer, Integer> from, Map<Integer, Integer> to) {
    from.forEach(
        (place, ways) ->
            to.forEach(
                (next, more) ->
                    follow.get(place).merge(next, capped(ways * more), (a, b) -> capped(a + b))));
  }

  private static Map<Integer, Integer> sum(
      Map<Integer, Integer> some, Map<Integer, Integer> others, int times) {
    if (times == 0 || others.isEmpty()) {
      return some;
    }
    Map<Integer, Integer> sum = new HashMap<>(some);
    others.forEach(
        (place, ways) -> sum.merge(place, capped(ways * times), (a, b) -> capped(a + b)));
    return sum;
  }

  private static int capped(int ways) {
    return Math.min(ways, 2);
  }
}
