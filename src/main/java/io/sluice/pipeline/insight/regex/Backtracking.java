package io.sluice.pipeline.insight.regex;

import io.sluice.pipeline.insight.regex.Node.AnyCharacter;
import io.sluice.pipeline.insight.regex.Node.Brackets;
import io.sluice.pipeline.insight.regex.Node.Group;
import io.sluice.pipeline.insight.regex.Node.Literal;
import io.sluice.pipeline.insight.regex.Node.OneOf;
import io.sluice.pipeline.insight.regex.Node.Place;
import io.sluice.pipeline.insight.regex.Node.Repeat;
import io.sluice.pipeline.insight.regex.Node.Unknown;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * Tries an expression on a text as an engine does that remembers nothing: one way after the other.
 * Counts how often it reads a character. Java's own engine remembers some of what failed, and which
 * engine the product has is not documented.
 */
final class Backtracking {
  /** The answer for a try that could not be finished. */
  static final long UNDECIDED = -1;

  /** So many parts may be entered for each character that may be read. */
  private static final int ENTERED = 10;

  private final RegexTree tree;
  private final Alphabet alphabet;
  private final boolean relaxed;
  private final IdentityHashMap<Node, BitSet> sets = new IdentityHashMap<>();
  private int[] text = {};
  private long reads;
  private long entered;
  private long budget;

  /** How a search has to fit. */
  enum Fit {
    /** It is sought anywhere. */
    ANYWHERE,
    /** It has to match all of the text. */
    WHOLE
  }

  /**
   * @param relaxed whether what looks ahead or back, and places within the text, count as met
   */
  Backtracking(RegexTree tree, Alphabet alphabet, boolean relaxed) {
    this.tree = tree;
    this.alphabet = alphabet;
    this.relaxed = relaxed;
  }

  /**
   * How many characters are read until it is known whether the text matches: more than the budget
   * if that is spent first, 0 if the text matches, {@link #UNDECIDED} if the try ended otherwise.
   */
  long reads(String of, Fit fit, long most) {
    text = of.codePoints().toArray();
    reads = 0;
    entered = 0;
    budget = most;
    try {
      int last = fit == Fit.WHOLE ? 0 : text.length;
      for (int start = 0; start <= last; start++) {
        if (branches(tree.branches(), start, at -> fit == Fit.ANYWHERE || at == text.length)) {
          return 0;
        }
      }
      return reads;
    } catch (CountedText.SpentException spent) {
      return reads > budget ? reads : UNDECIDED;
    } catch (StackOverflowError tooDeep) {
      return UNDECIDED;
    }
  }

  /** {@code rest} is what comes after these parts, wherever they end. */
  private boolean branches(List<List<Node>> branches, int at, IntPredicate rest) {
    for (List<Node> branch : branches) {
      if (sequence(branch, 0, at, rest)) {
        return true;
      }
    }
    return false;
  }

  private boolean sequence(List<Node> nodes, int from, int at, IntPredicate rest) {
    if (from == nodes.size()) {
      return rest.test(at);
    } else if (from == nodes.size() - 1) {
      return node(nodes.get(from), at, rest);
    }
    return node(nodes.get(from), at, next -> sequence(nodes, from + 1, next, rest));
  }

  private boolean node(Node node, int at, IntPredicate rest) {
    if (++entered > budget * ENTERED) {
      throw new CountedText.SpentException();
    }
    if (node instanceof Literal || node instanceof AnyCharacter || node instanceof OneOf) {
      return takes(node, at) && rest.test(at + 1);
    } else if (node instanceof Group group) {
      return group(group, at, rest);
    } else if (node instanceof Repeat repeat) {
      return repeat.possessive()
          ? held(next -> repeated(repeat, 0, at, next), rest)
          : repeated(repeat, 0, at, rest);
    } else if (node instanceof Place place) {
      return holds(place.mark(), at) && rest.test(at);
    }
    return !(node instanceof Unknown && !relaxed) && rest.test(at);
  }

  private boolean takes(Node node, int at) {
    if (at >= text.length) {
      return false;
    }
    if (++reads > budget) {
      throw new CountedText.SpentException();
    }
    int number = alphabet.number(text[at]);
    BitSet set = sets.get(node);
    if (set == null) {
      set = alphabet.of(node);
      sets.put(node, set);
    }
    return number >= 0 && set.get(number);
  }

  private boolean repeated(Repeat repeat, int count, int at, IntPredicate rest) {
    boolean more =
        count < repeat.most()
            && node(
                repeat.of(),
                at,
                next -> goesOn(repeat, count, at, next) && repeated(repeat, count + 1, next, rest));
    return more || (count >= repeat.least() && rest.test(at));
  }

  /** A repetition that reads nothing is not repeated any further. */
  private static boolean goesOn(Repeat repeat, int count, int from, int to) {
    return to != from || count < repeat.least();
  }

  private boolean group(Group group, int at, IntPredicate rest) {
    if (group.kind() == Brackets.PLAIN) {
      return branches(group.branches(), at, rest);
    } else if (group.kind() == Brackets.ATOMIC) {
      return held(next -> branches(group.branches(), at, next), rest);
    } else if (relaxed) {
      return rest.test(at);
    }
    boolean ahead = group.kind() == Brackets.AHEAD || group.kind() == Brackets.NOT_AHEAD;
    boolean found = ahead ? branches(group.branches(), at, next -> true) : foundBehind(group, at);
    boolean wanted = group.kind() == Brackets.AHEAD || group.kind() == Brackets.BEHIND;
    return found == wanted && rest.test(at);
  }

  private boolean foundBehind(Group group, int at) {
    for (int start = at; start >= 0; start--) {
      if (branches(group.branches(), start, next -> next == at)) {
        return true;
      }
    }
    return false;
  }

  /** Of the part only the first way to match it counts. */
  private static boolean held(Predicate<IntPredicate> part, IntPredicate rest) {
    int[] end = {-1};
    boolean found =
        part.test(
            next -> {
              end[0] = next;
              return true;
            });
    return found && rest.test(end[0]);
  }

  private boolean holds(char mark, int at) {
    return switch (mark) {
      case '^', 'A' -> at == 0;
      case '$', 'z', 'Z' -> at == text.length;
      case 'b' -> relaxed || isWord(at - 1) != isWord(at);
      case 'B' -> relaxed || isWord(at - 1) == isWord(at);
      default -> true;
    };
  }

  private boolean isWord(int at) {
    return at >= 0 && at < text.length && (Character.isLetterOrDigit(text[at]) || text[at] == '_');
  }
}
