package io.sluice.pipeline.insight.lint;

import io.sluice.catalog.Rule;
import io.sluice.pipeline.insight.RecordName;
import io.sluice.pipeline.insight.match.RecordPattern.Compared;
import io.sluice.pipeline.insight.regex.Expression;
import io.sluice.pipeline.insight.regex.Expression.Answer;
import io.sluice.pipeline.insight.regex.Expression.Speed;
import io.sluice.pipeline.insight.regex.RegexTree;
import io.sluice.pipeline.insight.regex.SlowText;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Rules about regular expressions. */
final class RegexRules {
  private static final String NARROWER = "name the addresses or the domain that are meant";

  /** So many steps all expressions together may take to find the slow ones. */
  private static final long ALL_STEPS = 400_000_000;

  private final Findings findings;
  private long steps;

  RegexRules(Findings findings) {
    this.findings = findings;
  }

  /** Looks at an expression that is compared with parties; true if it matches everything. */
  boolean look(ListedRecord record, Collection<String> sharedProviders, boolean concernsMail) {
    Expression expression = Expression.of(record.pattern().text());
    RecordName name = record.name();
    if (!speed(name, expression, record.silenced())) {
      return false;
    }
    Compared compared = record.pattern().compared();
    boolean everything = Samples.allMatch(expression, compared);
    if (everything && concernsMail) {
      findings.add(
          LintRule.MATCHES_EVERYTHING,
          name,
          record.silenced(),
          "the expression matches any sender: each of a set of unrelated ones was found",
          NARROWER);
    } else if (LiteralRules.decidesOnSenders(record)) {
      String provider = provider(expression, sharedProviders);
      if (provider != null) {
        findings.add(
            LintRule.SHARED_PROVIDER,
            name,
            record.silenced(),
            "the expression matches addresses at " + provider + ", through which anyone may send",
            NARROWER);
      }
    }
    expression.tree().ifPresent(tree -> shape(record, tree));
    return everything;
  }

  /** Looks at an expression that is compared with something else, such as URLs. */
  void lookAtOther(RecordName name, ObjectNode record, Set<LintRule> silenced) {
    for (Rule rule : name.resource().rules()) {
      if (rule instanceof Rule.Expression of && record.path(of.field()).isString()) {
        speed(name, Expression.of(record.path(of.field()).stringValue()), silenced);
      }
    }
  }

  /** False if the expression cannot be tried. */
  private boolean speed(RecordName name, Expression expression, Set<LintRule> silenced) {
    if (expression.fault() != null) {
      if (expression.fault().contains("too often")) {
        slow(name, silenced, expression.fault());
      } else {
        findings.warn(name + ": " + expression.fault() + "; not looked at");
      }
      return false;
    }
    if (expression.tree().isEmpty()) {
      findings.warn(
          name
              + ": the expression is written in a way that is not taken apart; of it, what is slow,"
              + " literal or unescaped is not known");
    } else if (findings.wants(LintRule.SLOW_REGEX)) {
      slowness(name, expression, silenced);
    }
    return true;
  }

  private void slowness(RecordName name, Expression expression, Set<LintRule> silenced) {
    if (steps > ALL_STEPS) {
      findings.warn("expressions of which it is not known how slow they are: there are too many");
      return;
    }
    Speed speed = expression.speed();
    steps += speed.steps();
    SlowText slow = speed.slow();
    if (slow != null) {
      slow(name, silenced, how(slow));
    } else if (!speed.whole()) {
      findings.warn(name + ": the expression has too many parts to be sure that it is not slow");
    }
  }

  private static String how(SlowText slow) {
    if (!slow.proven()) {
      return "its repetitions read "
          + slow.words()
          + " in more ways than can be counted, once what it looks for ahead or behind is there;"
          + " no whole text was found that shows it";
    }
    String whole = slow.whole() ? ", where it has to match the whole text," : "";
    return "on "
        + slow.words()
        + whole
        + " an engine that tries one way after the other takes many thousands of steps, and many"
        + " times more with each character";
  }

  private void slow(RecordName name, Set<LintRule> silenced, String how) {
    findings.add(
        LintRule.SLOW_REGEX,
        name,
        silenced,
        "the expression can be very slow: " + how,
        "take out repetitions that follow or hold each other, such as (a+)+ and .*.*");
  }

  private static @Nullable String provider(Expression expression, Collection<String> providers) {
    for (String provider : providers) {
      if (expression.find("someone@" + provider, Expression.USUAL_BUDGET) == Answer.MATCHES) {
        return provider;
      }
    }
    return null;
  }

  private void shape(ListedRecord record, RegexTree tree) {
    if (tree.hasUnescapedDot()) {
      findings.add(
          LintRule.UNESCAPED_DOT,
          record.name(),
          record.silenced(),
          "a . in the expression stands for any character where the dot of a domain is meant, so"
              + " that other domains match as well",
          "write \\. for a dot");
    }
    if (tree.isLiteral()) {
      findings.add(
          LintRule.LITERAL_REGEX,
          record.name(),
          record.silenced(),
          "the expression has no operator: it looks for '" + tree.literalText() + "' anywhere",
          "if it is an address, a domain or an IP address, write it as one, without is_regex");
    }
  }
}
