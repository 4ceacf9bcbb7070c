package io.sluice.pipeline.insight.regex;

import io.sluice.pipeline.insight.regex.Backtracking.Fit;
import io.sluice.pipeline.insight.regex.Node.AnyCharacter;
import io.sluice.pipeline.insight.regex.Node.Group;
import io.sluice.pipeline.insight.regex.Node.Literal;
import io.sluice.pipeline.insight.regex.Node.OneOf;
import io.sluice.pipeline.insight.regex.Node.Repeat;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes texts on which an expression that can be slow is slow: what leads up to a repetition, what
 * it repeats over and over, and an end that does not fit.
 */
final class Pumps {
  private static final int MOST = 40;
  private static final int LONGEST = 8;
  private static final int REPETITIONS = 28;
  private static final int LENGTH = 64;

  /** What is repeated less often than so is quick. */
  private static final int FEW = 8;

  private static final String END = "\u0001!";

  private final Set<SlowText> texts = new LinkedHashSet<>();

  private Pumps() {}

  static List<SlowText> of(RegexTree tree) {
    Pumps pumps = new Pumps();
    for (List<Node> branch : tree.branches()) {
      pumps.walk(branch, "");
    }
    return List.copyOf(pumps.texts);
  }

  private void walk(List<Node> sequence, String before) {
    StringBuilder prefix = new StringBuilder(before);
    for (Node node : sequence) {
      Node inside = node instanceof Repeat repeat ? repeat.of() : node;
      if (node instanceof Repeat repeat && repeat.most() >= FEW) {
        for (String pump : samples(repeat.of())) {
          add(prefix.toString(), pump);
        }
      }
      if (inside instanceof Group group) {
        for (List<Node> branch : group.branches()) {
          walk(branch, prefix.toString());
        }
      }
      prefix.append(sample(node));
    }
  }

  private void add(String prefix, String pump) {
    if (pump.isEmpty() || pump.length() > LONGEST || texts.size() >= MOST) {
      return;
    }
    int times = Math.max(REPETITIONS, LENGTH / pump.length());
    texts.add(new SlowText(prefix, pump, times, END, Fit.ANYWHERE));
  }

  /** Texts that the node matches: one for each of its alternatives, and these together. */
  private static Set<String> samples(Node node) {
    Set<String> samples = new LinkedHashSet<>();
    if (node instanceof Group group && !group.look()) {
      StringBuilder together = new StringBuilder();
      for (List<Node> branch : group.branches()) {
        String one = sample(branch);
        samples.add(one);
        together.append(one);
      }
      samples.add(together.toString());
    } else {
      samples.add(sample(node));
    }
    return samples;
  }

  private static String sample(List<Node> sequence) {
    List<String> parts = new ArrayList<>();
    sequence.forEach(node -> parts.add(sample(node)));
    return String.join("", parts);
  }

  private static String sample(Node node) {
    if (node instanceof Literal literal) {
      return Character.toString(literal.character());
    } else if (node instanceof AnyCharacter) {
      return "a";
    } else if (node instanceof OneOf one) {
      return one.sample();
    } else if (node instanceof Repeat repeat) {
      return sample(repeat.of()).repeat(Math.min(repeat.least(), LENGTH));
    } else if (node instanceof Group group && !group.look()) {
      return sample(group.branches().get(0));
    }
    return "";
  }
}
