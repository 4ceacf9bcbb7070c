package io.sluice.pipeline.insight.regex;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds texts that an expression can read in two ways over and over, from its structure alone.
 * Source: A. Weber and H. Seidl, "On the degree of ambiguity of finite automata" (1991): the ways
 * grow exponentially where a place comes back to itself by one text in two ways, and with a power
 * of the length where one text leads from a place to itself, from it to another, and from that to
 * itself. Looks at a limited number of combinations.
 */
final class AmbiguitySearch {
  private static final int COMBINATIONS = 200_000;
  private static final int EACH = 20_000;
  private static final int MOST = 16;
  private static final int LONGEST = 24;

  private final PositionGraph graph;
  private final Alphabet alphabet;
  private final @Nullable String[] prefixes;
  private final Map<String, Ambiguity> found = new LinkedHashMap<>();
  private int left = COMBINATIONS;

  /**
   * A text that an expression can read in two ways, over and over.
   *
   * @param kind where the two ways come from
   * @param before what leads up to it
   * @param pump the text
   * @param ends characters or texts after it that the expression is likely not to take
   */
  record Ambiguity(Kind kind, String before, String pump, List<String> ends) {
    /** Where the two ways come from. */
    enum Kind {
      /** One repetition reads it in two ways, so that the ways double with each repetition. */
      NESTED,
      /** Two repetitions that follow each other directly read it. */
      ADJACENT,
      /** Two repetitions with something in between read it. */
      APART
    }
  }

  /** Three walks through the expression that read the same text. */
  private record Walks(int one, int two, int three, boolean parted) {}

  /** How walks were reached: from which, by which character. */
  private record Step(@Nullable Walks from, int character) {}

  AmbiguitySearch(PositionGraph graph, Alphabet alphabet) {
    this.graph = graph;
    this.alphabet = alphabet;
    this.prefixes = prefixes();
  }

  /** The texts; those that double first. */
  List<Ambiguity> find() {
    for (int place = 1; place < graph.size() && left > 0; place++) {
      if (graph.reaches(place, place)) {
        add(Ambiguity.Kind.NESTED, place, loop(place));
      }
    }
    for (int one = 1; one < graph.size(); one++) {
      for (int other = 1; other < graph.size() && left > 0; other++) {
        if (graph.reaches(one, one)
            && graph.reaches(other, other)
            && graph.reaches(one, other)
            && !graph.reaches(other, one)) {
          add(
              touch(one, other) ? Ambiguity.Kind.ADJACENT : Ambiguity.Kind.APART,
              one,
              bridge(one, other));
        }
      }
    }
    return found.values().stream()
        .sorted(Comparator.comparing(Ambiguity::kind).thenComparing(found -> found.pump().length()))
        .limit(MOST)
        .toList();
  }

  /** False if there were more combinations than are looked at. */
  boolean isWhole() {
    return left > 0;
  }

  /** True if the loop of the second may begin right after the loop of the first. */
  private boolean touch(int one, int other) {
    for (int from = 1; from < graph.size(); from++) {
      if (graph.together(from, one)) {
        for (int to : graph.after(from).keySet()) {
          if (graph.together(to, other)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private void add(Ambiguity.Kind kind, int place, @Nullable String pump) {
    String before = prefixes[place];
    if (pump != null && before != null) {
      Ambiguity ambiguity = new Ambiguity(kind, before, pump, ends(place));
      found.merge(
          ambiguity.before() + '\u0000' + pump,
          ambiguity,
          (a, b) -> a.kind().compareTo(b.kind()) <= 0 ? a : b);
    }
  }

  /** A text by which a place comes back to itself in two ways. */
  private @Nullable String loop(int place) {
    Walks start = new Walks(place, place, place, false);
    return search(start, new Walks(place, place, place, true), place, place);
  }

  /** A text that leads from a place to itself, to the other, and from the other to itself. */
  private @Nullable String bridge(int one, int other) {
    return search(new Walks(one, one, other, true), new Walks(one, other, other, true), one, other);
  }

  private @Nullable String search(Walks start, Walks goal, int one, int other) {
    boolean pair = one == other;
    Map<Walks, Step> seen = new HashMap<>();
    Deque<Walks> open = new ArrayDeque<>(List.of(start));
    seen.put(start, new Step(null, -1));
    while (!open.isEmpty() && seen.size() < EACH && left > 0) {
      Walks at = open.remove();
      for (Map.Entry<Integer, Integer> first : graph.after(at.one()).entrySet()) {
        if (!graph.together(first.getKey(), one)) {
          continue;
        }
        for (Map.Entry<Integer, Integer> second : graph.after(at.two()).entrySet()) {
          if (!graph.reaches(second.getKey(), other) && second.getKey() != other) {
            continue;
          }
          for (int third : pair ? List.of(one) : graph.after(at.three()).keySet()) {
            left--;
            int character = common(first.getKey(), second.getKey(), pair ? 0 : third);
            if (character < 0 || (!pair && !graph.together(third, other))) {
              continue;
            }
            boolean twice =
                at.one() == at.two()
                    && first.getKey().equals(second.getKey())
                    && first.getValue() > 1;
            boolean parted = at.parted() || twice || !first.getKey().equals(second.getKey());
            Walks next = new Walks(first.getKey(), second.getKey(), third, parted);
            if (seen.putIfAbsent(next, new Step(at, character)) == null) {
              if (next.equals(goal)) {
                return text(next, seen);
              }
              open.add(next);
            } else if (next.equals(goal) && next.equals(start)) {
              return text(at, seen) + Character.toString(alphabet.character(character));
            }
          }
        }
      }
    }
    return null;
  }

  /** A character that all of these places take; place 0 takes any. */
  private int common(int one, int two, int three) {
    BitSet set = graph.set(one);
    if (two != one || three != 0) {
      set = (BitSet) set.clone();
      set.and(graph.set(two));
      if (three != 0) {
        set.and(graph.set(three));
      }
    }
    return set.nextSetBit(0);
  }

  private @Nullable String text(Walks end, Map<Walks, Step> seen) {
    StringBuilder reversed = new StringBuilder();
    Step step = Objects.requireNonNull(seen.get(end));
    int length = 0;
    while (step.from() != null) {
      if (++length > LONGEST) {
        return null;
      }
      reversed.insert(0, Character.toString(alphabet.character(step.character())));
      step = Objects.requireNonNull(seen.get(step.from()));
    }
    return reversed.toString();
  }

  /** The shortest text that leads to each place. */
  private @Nullable String[] prefixes() {
    @Nullable String[] texts = new String[graph.size()];
    texts[0] = "";
    Deque<Integer> open = new ArrayDeque<>(List.of(0));
    while (!open.isEmpty()) {
      int at = open.remove();
      for (int next : graph.after(at).keySet()) {
        int character = graph.set(next).nextSetBit(0);
        if (texts[next] == null && character >= 0) {
          texts[next] = texts[at] + Character.toString(alphabet.character(character));
          open.add(next);
        }
      }
    }
    return texts;
  }

  private List<String> ends(int place) {
    BitSet after = graph.charactersAfter(place);
    List<String> ends = new ArrayList<>();
    int mark = alphabet.number('!');
    int free = after.get(mark) ? after.nextClearBit(0) : mark;
    if (free < alphabet.size()) {
      ends.add(Character.toString(alphabet.character(free)));
    }
    for (String end : List.of("!", "", "\n!")) {
      if (!ends.contains(end)) {
        ends.add(end);
      }
    }
    return ends;
  }
}
