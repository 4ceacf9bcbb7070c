package io.sluice.pipeline.insight.regex;

import io.sluice.pipeline.insight.regex.AmbiguitySearch.Ambiguity;
import io.sluice.pipeline.insight.regex.AmbiguitySearch.Ambiguity.Kind;
import io.sluice.pipeline.insight.regex.Backtracking.Fit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out from the structure of an expression whether it can be very slow: each text that it can
 * read in two ways over and over is tried, twice as long the second time.
 */
final class Slowness {
  private static final long BUDGET = 4_000_000;

  /** The same where ways double with each repetition, which no power of the length comes near. */
  private static final long NESTED_BUDGET = 1_000_000;

  private static final long ALL = 16_000_000;
  private static final int LONG_PUMP = 8;

  /** Steps grow with at least this power of the length; the third is what usual ones reach. */
  private static final double POWER = 3.5;

  /** The same for repetitions that follow each other directly, which are never needed. */
  private static final double ADJACENT_POWER = 2.5;

  /** Fewer steps on a text of that length are not worth a word, however they grow. */
  private static final long FEW = 20_000;

  private final RegexTree tree;
  private final Alphabet alphabet;
  private final Backtracking exact;
  private long left = ALL;

  private Slowness(RegexTree tree) {
    this.tree = tree;
    this.alphabet = new Alphabet(tree);
    this.exact = new Backtracking(tree, alphabet, false);
  }

  /**
   * The answer.
   *
   * @param text a text on which it is slow; null if none was found
   * @param whole whether everything was looked at that there is to look at
   * @param steps how much work it was
   */
  record Answer(@Nullable SlowText text, boolean whole, long steps) {}

  static Answer of(RegexTree tree) {
    Slowness slowness = new Slowness(tree);
    PositionGraph graph = new PositionGraph(tree, slowness.alphabet);
    AmbiguitySearch search = new AmbiguitySearch(graph, slowness.alphabet);
    SlowText text = slowness.find(search.find());
    boolean whole = graph.isWhole() && search.isWhole() && slowness.left > 0;
    return new Answer(text, whole, ALL - slowness.left);
  }

  private @Nullable SlowText find(List<Ambiguity> ambiguities) {
    for (Ambiguity ambiguity : ambiguities) {
      for (String end : ambiguity.ends()) {
        for (Fit fit : Fit.values()) {
          SlowText slow = tried(ambiguity, end, fit);
          if (slow != null) {
            return slow;
          }
        }
      }
    }
    return hidden(ambiguities);
  }

  private @Nullable SlowText tried(Ambiguity ambiguity, String end, Fit fit) {
    int times = ambiguity.pump().length() > LONG_PUMP ? 16 : 32;
    SlowText small = new SlowText(ambiguity.before(), ambiguity.pump(), times, end, fit);
    long budget = ambiguity.kind() == Kind.NESTED ? NESTED_BUDGET : BUDGET;
    long reads = spend(small, budget);
    if (reads > budget) {
      return small;
    } else if (reads <= 0) {
      return null;
    }
    SlowText large = small.times(times * 2);
    long more = spend(large, BUDGET);
    double power = ambiguity.kind() == Kind.ADJACENT ? ADJACENT_POWER : POWER;
    boolean steep = more >= reads * Math.pow(2, power);
    boolean beyond = more > BUDGET && reads > BUDGET / 8;
    return beyond || (steep && more >= FEW) ? large : null;
  }

  private long spend(SlowText on, long budget) {
    if (left <= 0) {
      return Backtracking.UNDECIDED;
    }
    long reads = exact.reads(on.text(), on.fit(), budget);
    left -= Math.max(reads, 1_000);
    return reads;
  }

  /** What is slow only behind something that no text was made for. */
  private @Nullable SlowText hidden(List<Ambiguity> ambiguities) {
    if (!tree.hasConditions()) {
      return null;
    }
    Backtracking relaxed = new Backtracking(tree, alphabet, true);
    for (Ambiguity ambiguity : ambiguities) {
      if (ambiguity.kind() == Kind.NESTED) {
        String end = ambiguity.ends().get(0);
        SlowText text = new SlowText(ambiguity.before(), ambiguity.pump(), 32, end, Fit.ANYWHERE);
        for (Fit fit : Fit.values()) {
          if (relaxed.reads(text.text(), fit, NESTED_BUDGET) > NESTED_BUDGET) {
            return text.unproven();
          }
        }
      }
    }
    return null;
  }
}
