package io.sluice.pipeline.insight.match;

import io.sluice.catalog.pattern.PatternType;
import io.sluice.catalog.pattern.Spelling;
import io.sluice.pipeline.insight.match.Hit.By;
import io.sluice.pipeline.insight.match.Hit.Doubt;
import io.sluice.pipeline.insight.match.RecordPattern.Compared;
import io.sluice.pipeline.insight.regex.Expression;
import io.sluice.pipeline.insight.regex.Expression.Answer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds what matches in a {@link PatternIndex}. Not safe for several threads; several may exist.
 */
public final class PatternSearch {
  /** What all expressions together may read in one search of a whole list: some ten seconds. */
  public static final long WHOLE_BUDGET = 2_000_000_000L;

  /** A letter that what is tried, which is in lower case, may fail to match. */
  private static final Pattern UPPER_CASE = Pattern.compile("(?<!\\\\)\\p{Lu}");

  private static final String MADE_UP = "someone@";

  private final PatternIndex index;
  private final List<Tried> expressions = new ArrayList<>();
  private long budget;

  /**
   * An expression of the list.
   *
   * @param anyCase the same without regard to case; null if that makes no difference
   */
  private record Tried(
      int ordinal, Compared compared, Expression expression, @Nullable Expression anyCase) {}

  /** The result of trying one expression; {@code undecided} if a try was given up. */
  private record Outcome(@Nullable Hit hit, boolean undecided) {}

  /** Is shown what matches. */
  public interface Visitor {
    void hit(Hit hit);

    /** True if that record matches could not be found out: {@code why}. */
    void undecided(int ordinal, String why);
  }

  /** A search for one probe, or a few. */
  public PatternSearch(PatternIndex index) {
    this(index, WHOLE_BUDGET);
  }

  /**
   * @param budget how many characters all expressions together may read
   */
  public PatternSearch(PatternIndex index, long budget) {
    this.index = index;
    this.budget = budget;
    for (PatternIndex.Regex regex : index.regexes()) {
      String text = regex.pattern().text();
      expressions.add(
          new Tried(
              regex.ordinal(),
              regex.pattern().compared(),
              Expression.of(text),
              UPPER_CASE.matcher(text).find() ? Expression.of("(?iu)" + text) : null));
    }
  }

  /** Shows every record that matches, each once. */
  public void find(Probe probe, Visitor visitor) {
    findNamed(probe, visitor);
    Map<Compared, List<Try>> tries = new EnumMap<>(Compared.class);
    for (Tried tried : expressions) {
      String fault = tried.expression().fault();
      if (fault != null) {
        visitor.undecided(tried.ordinal(), fault);
      } else if (budget <= 0) {
        visitor.undecided(tried.ordinal(), "the budget for all expressions together was spent");
      } else {
        tryOut(
            tried,
            tries.computeIfAbsent(tried.compared(), compared -> tries(compared, probe)),
            visitor);
      }
    }
  }

  /** Shows every record that names the address, a domain or a block around it. */
  private void findNamed(Probe probe, Visitor visitor) {
    if (probe.block() != null) {
      index
          .blocks()
          .containing(
              probe.block(),
              (ordinal, same) ->
                  visitor.hit(new Hit(ordinal, same ? By.EXACT : By.BLOCK, probe.folded(), null)));
      return;
    }
    boolean address = !probe.folded().equals(probe.domain());
    if (address) {
      index
          .addresses()
          .find(
              probe.folded(),
              ordinal -> visitor.hit(new Hit(ordinal, By.EXACT, probe.folded(), null)));
      index
          .parts()
          .find(
              probe.folded(),
              ordinal -> visitor.hit(new Hit(ordinal, By.EXACT, probe.folded(), Doubt.SEVERAL)));
    }
    index
        .domains()
        .find(
            probe.domain(),
            ordinal ->
                visitor.hit(
                    new Hit(ordinal, address ? By.DOMAIN : By.EXACT, probe.domain(), null)));
    for (int dot = probe.domain().indexOf('.'); dot >= 0; ) {
      String parent = probe.domain().substring(dot + 1);
      index
          .domains()
          .find(
              parent, ordinal -> visitor.hit(new Hit(ordinal, By.DOMAIN, parent, Doubt.SUBDOMAIN)));
      dot = probe.domain().indexOf('.', dot + 1);
    }
  }

  private void tryOut(Tried tried, List<Try> tries, Visitor visitor) {
    Outcome outcome = tryOut(tried.ordinal(), tried.expression(), tries);
    if (outcome.hit() == null && tried.anyCase() != null) {
      Outcome more = tryOut(tried.ordinal(), tried.anyCase(), tries);
      Hit hit = more.hit();
      outcome =
          new Outcome(
              hit == null ? null : new Hit(hit.ordinal(), hit.by(), hit.part(), Doubt.CASE),
              outcome.undecided() || more.undecided());
    }
    if (outcome.hit() != null) {
      visitor.hit(outcome.hit());
    } else if (outcome.undecided()) {
      visitor.undecided(tried.ordinal(), "trying its expression took too many steps");
    }
  }

  private Outcome tryOut(int ordinal, Expression expression, List<Try> tries) {
    boolean undecided = false;
    for (Try one : tries) {
      Answer answer = expression.find(one.text(), Expression.USUAL_BUDGET);
      Hit hit = answer == Answer.MATCHES ? hit(ordinal, expression, one) : null;
      budget -= Expression.USUAL_BUDGET - expression.left();
      if (hit != null) {
        return new Outcome(hit, false);
      }
      undecided |= answer == Answer.UNKNOWN;
    }
    return new Outcome(null, undecided);
  }

  private static Hit hit(int ordinal, Expression expression, Try one) {
    String part = expression.part();
    Doubt doubt = one.doubt();
    if (doubt == null && part.length() < one.text().length()) {
      boolean whole = expression.matchesWhole(one.text());
      part = whole ? one.text() : part;
      doubt = whole ? null : Doubt.PART_ONLY;
    }
    return new Hit(ordinal, By.REGEX, part, doubt);
  }

  private record Try(String text, @Nullable Doubt doubt) {}

  /** The texts to try, in every spelling: with domains in A-labels and in U-labels. */
  private static List<Try> tries(Compared compared, Probe probe) {
    List<Try> tries = new ArrayList<>(4);
    switch (probe.type()) {
      case EMAIL -> {
        if (compared != Compared.DOMAIN) {
          Spelling.usual(PatternType.EMAIL, probe.text())
              .forEach(text -> tries.add(new Try(text, null)));
        }
        addDomains(compared, probe, tries);
      }
      case DOMAIN -> {
        if (compared != Compared.DOMAIN) {
          Spelling.usual(PatternType.DOMAIN, probe.domain())
              .forEach(name -> tries.add(new Try(MADE_UP + name, Doubt.MADE_UP_ADDRESS)));
        }
        addDomains(compared, probe, tries);
      }
      case IP -> {
        if (compared == Compared.SENDER_FIELDS
            && probe.block() != null
            && probe.block().isSingle()) {
          tries.add(new Try(probe.folded(), null));
        }
      }
      case UNKNOWN -> {}
    }
    return tries;
  }

  private static void addDomains(Compared compared, Probe probe, List<Try> tries) {
    if (compared != Compared.ADDRESS) {
      Doubt doubt = compared == Compared.DOMAIN ? null : Doubt.DOMAIN_ALONE;
      Spelling.usual(PatternType.DOMAIN, probe.domain())
          .forEach(name -> tries.add(new Try(name, doubt)));
    }
  }
}
