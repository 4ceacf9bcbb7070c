package io.sluice.pipeline.insight.regex;

import io.sluice.pipeline.insight.regex.Node.AnyCharacter;
import io.sluice.pipeline.insight.regex.Node.Group;
import io.sluice.pipeline.insight.regex.Node.Literal;
import io.sluice.pipeline.insight.regex.Node.OneOf;
import io.sluice.pipeline.insight.regex.Node.Repeat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a regular expression is made of. */
public final class RegexTree {
  private final List<List<Node>> branches;
  private final boolean ignoresCase;

  private RegexTree(List<List<Node>> branches, boolean ignoresCase) {
    this.branches = branches;
    this.ignoresCase = ignoresCase;
  }

  /** The tree of an expression that Java accepts; empty if it is written in a way not read here. */
  public static Optional<RegexTree> of(String regex) {
    RegexParser parser = new RegexParser(regex);
    try {
      List<List<Node>> branches = parser.read();
      return Optional.of(new RegexTree(branches, parser.ignoresCase()));
    } catch (RegexParser.UnreadException | IndexOutOfBoundsException otherwise) {
      return Optional.empty();
    }
  }

  List<List<Node>> branches() {
    return branches;
  }

  boolean ignoresCase() {
    return ignoresCase;
  }

  /**
   * True if it looks ahead or back, refers to what matched before, or asks for a place in a text.
   */
  boolean hasConditions() {
    return hasConditions(branches);
  }

  private static boolean hasConditions(List<List<Node>> branches) {
    for (List<Node> branch : branches) {
      for (Node node : branch) {
        Node inside = node instanceof Repeat repeat ? repeat.of() : node;
        if (inside instanceof Node.Unknown
            || (inside instanceof Node.Place place && "bB".indexOf(place.mark()) >= 0)
            || (inside instanceof Group group
                && (group.look() || hasConditions(group.branches())))) {
          return true;
        }
      }
    }
    return false;
  }

  /** True if no operator is in it: it matches one text alone. */
  public boolean isLiteral() {
    return branches.size() == 1
        && !ignoresCase
        && branches.get(0).stream().allMatch(Literal.class::isInstance);
  }

  /** The one text that it matches, if it {@link #isLiteral()}. */
  public String literalText() {
    StringBuilder text = new StringBuilder();
    branches.get(0).forEach(node -> text.appendCodePoint(((Literal) node).character()));
    return text.toString();
  }

  /** Texts each of which everything that it matches holds; none if none is easily found. */
  List<String> required() {
    List<String> runs = new ArrayList<>();
    if (branches.size() == 1 && !ignoresCase) {
      addRuns(branches.get(0), runs);
    }
    return List.copyOf(runs);
  }

  private static void addRuns(List<Node> sequence, List<String> runs) {
    StringBuilder run = new StringBuilder();
    for (Node node : sequence) {
      if (node instanceof Literal literal) {
        run.appendCodePoint(literal.character());
      } else if (!(node instanceof Node.Place)) {
        addRun(run, runs);
        if (node instanceof Group group && !group.look() && group.branches().size() == 1) {
          addRuns(group.branches().get(0), runs);
        }
      }
    }
    addRun(run, runs);
  }

  private static void addRun(StringBuilder run, List<String> runs) {
    if (run.length() > 1) {
      runs.add(run.toString());
    }
    run.setLength(0);
  }

  /**
   * How often a repetition within repetitions goes round at least, whatever the text is. Java's
   * engine does so even where nothing is read, which no count of read characters would notice.
   */
  double leastRounds() {
    return rounds(branches);
  }

  private static double rounds(List<List<Node>> branches) {
    double sum = 0;
    for (List<Node> branch : branches) {
      for (Node node : branch) {
        if (node instanceof Group group) {
          sum += rounds(group.branches());
        } else if (node instanceof Repeat repeat) {
          sum += Math.max(1, repeat.least()) * Math.max(1, rounds(List.of(List.of(repeat.of()))));
        }
      }
    }
    return sum;
  }

  /** True if a dot that stands for any character stands where the dot of a domain would be. */
  public boolean hasUnescapedDot() {
    return hasUnescapedDot(branches);
  }

  private static boolean hasUnescapedDot(List<List<Node>> branches) {
    for (List<Node> branch : branches) {
      for (int i = 0; i < branch.size(); i++) {
        Node node = branch.get(i);
        Node inside = node instanceof Repeat repeat ? repeat.of() : node;
        if ((inside instanceof Group group && hasUnescapedDot(group.branches()))
            || (node instanceof AnyCharacter
                && i > 0
                && endsName(branch.get(i - 1))
                && i + 2 < branch.size()
                && isNamePart(branch.get(i + 1))
                && isNamePart(branch.get(i + 2)))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean endsName(Node node) {
    Node of = node instanceof Repeat repeat ? repeat.of() : node;
    return isNamePart(of)
        || (of instanceof OneOf && !(node instanceof Node.Place))
        || (of instanceof Group group && !group.look());
  }

  private static boolean isNamePart(Node node) {
    return node instanceof Literal literal
        && (Character.isLetterOrDigit(literal.character()) || literal.character() == '-');
  }
}
