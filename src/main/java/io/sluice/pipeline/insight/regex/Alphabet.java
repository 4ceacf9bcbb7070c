package io.sluice.pipeline.insight.regex;

import io.sluice.pipeline.insight.regex.Node.AnyCharacter;
import io.sluice.pipeline.insight.regex.Node.Group;
import io.sluice.pipeline.insight.regex.Node.Literal;
import io.sluice.pipeline.insight.regex.Node.OneOf;
import io.sluice.pipeline.insight.regex.Node.Repeat;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The characters that stand for all others while an expression is looked at: the usual ones, and
 * those that it names. The likeliest have the lowest numbers.
 */
final class Alphabet {
  private static final String LIKELY = "abcdefghijklmnopqrstuvwxyz0123456789-._@";
  private static final String RARE = "\u0001\t\n\u00e4";
  private static final int MOST = 300;

  private final List<Integer> characters;
  private final Map<Integer, Integer> numbers = new HashMap<>();
  private final Map<String, BitSet> classes = new HashMap<>();
  private final boolean ignoresCase;
  private final BitSet any = new BitSet();

  Alphabet(RegexTree tree) {
    Set<Integer> found = new LinkedHashSet<>();
    LIKELY.chars().forEach(found::add);
    for (int c = '!'; c <= '~'; c++) {
      found.add(c);
    }
    found.add((int) ' ');
    RARE.chars().forEach(found::add);
    tree.branches().forEach(branch -> addLiterals(branch, found));
    characters = new ArrayList<>(found);
    for (int i = 0; i < characters.size(); i++) {
      numbers.put(characters.get(i), i);
    }
    ignoresCase = tree.ignoresCase();
    any.set(0, characters.size());
    any.clear(number('\n'));
  }

  private static void addLiterals(List<Node> sequence, Set<Integer> found) {
    for (Node node : sequence) {
      if (node instanceof Literal literal && found.size() < MOST) {
        found.add(literal.character());
      } else if (node instanceof Group group) {
        group.branches().forEach(branch -> addLiterals(branch, found));
      } else if (node instanceof Repeat repeat) {
        addLiterals(List.of(repeat.of()), found);
      }
    }
  }

  /** The number of a character; -1 if it is none of these. */
  int number(int character) {
    return numbers.getOrDefault(character, -1);
  }

  /** The character of that number. */
  int character(int number) {
    return characters.get(number);
  }

  int size() {
    return characters.size();
  }

  /** Which characters the node takes; empty for one that takes up no single character. */
  BitSet of(Node node) {
    if (node instanceof AnyCharacter) {
      return any;
    } else if (node instanceof Literal literal) {
      String one = Character.toString(literal.character());
      return ignoresCase ? read("(?i)" + Pattern.quote(one)) : read(Pattern.quote(one));
    } else if (node instanceof OneOf one) {
      return read((ignoresCase ? "(?i)" : "") + one.written());
    }
    return new BitSet();
  }

  private BitSet read(String written) {
    return classes.computeIfAbsent(
        written,
        text -> {
          BitSet set = new BitSet();
          try {
            Pattern pattern = Pattern.compile(text);
            for (int i = 0; i < characters.size(); i++) {
              if (pattern.matcher(Character.toString(characters.get(i))).matches()) {
                set.set(i);
              }
            }
          } catch (PatternSyntaxException partOfSomethingElse) {
            set.clear();
          }
          return set;
        });
  }
}
