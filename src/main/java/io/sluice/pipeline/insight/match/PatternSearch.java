package io.sluice.pipeline.insight.match;

import io.sluice.pipeline.insight.match.Hit.By;
import io.sluice.pipeline.insight.match.Hit.Doubt;
import io.sluice.pipeline.insight.match.RecordPattern.Compared;
import io.sluice.pipeline.insight.regex.Expression;
import io.sluice.pipeline.insight.regex.Expression.Answer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what matches in a {@link PatternIndex}. Not safe for several threads; several may exist.
 */
public final class PatternSearch {
  /** What all expressions together may read in one search of a whole list: some ten seconds. */
  public static final long WHOLE_BUDGET = 2_000_000_000L;

  private static final String MADE_UP = "someone@";

  private final PatternIndex index;
  private final List<Tried> expressions = new ArrayList<>();
  private long budget;

  private record Tried(int ordinal, Compared compared, Expression expression) {}

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
      expressions.add(
          new Tried(
              regex.ordinal(), regex.pattern().compared(), Expression.of(regex.pattern().text())));
    }
  }

  /** Shows every record that matches, each once. */
  public void find(Probe probe, Visitor visitor) {
    findNamed(probe, visitor);
    for (Tried tried : expressions) {
      String fault = tried.expression().fault();
      if (fault != null) {
        visitor.undecided(tried.ordinal(), fault);
      } else if (budget <= 0) {
        visitor.undecided(tried.ordinal(), "the budget for all expressions together was spent");
      } else {
        tryOut(tried, probe, visitor);
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

  private void tryOut(Tried tried, Probe probe, Visitor visitor) {
    boolean undecided = false;
    for (Try one : tries(tried.compared(), probe)) {
      Answer answer = tried.expression().find(one.text(), Expression.USUAL_BUDGET);
      Hit hit = answer == Answer.MATCHES ? hit(tried, one) : null;
      budget -= Expression.USUAL_BUDGET - tried.expression().left();
      if (hit != null) {
        visitor.hit(hit);
        return;
      }
      undecided |= answer == Answer.UNKNOWN;
    }
    if (undecided) {
      visitor.undecided(tried.ordinal(), "trying its expression took too many steps");
    }
  }

  private static Hit hit(Tried tried, Try one) {
    String part = tried.expression().part();
    Doubt doubt = one.doubt();
    if (doubt == null && part.length() < one.text().length()) {
      boolean whole = tried.expression().matchesWhole(one.text());
      part = whole ? one.text() : part;
      doubt = whole ? null : Doubt.PART_ONLY;
    }
    return new Hit(tried.ordinal(), By.REGEX, part, doubt);
  }

  private record Try(String text, @Nullable Doubt doubt) {}

  private static List<Try> tries(Compared compared, Probe probe) {
    List<Try> tries = new ArrayList<>(3);
    switch (probe.type()) {
      case EMAIL -> {
        if (compared != Compared.DOMAIN) {
          tries.add(new Try(probe.text(), null));
          if (!probe.folded().equals(probe.text())) {
            tries.add(new Try(probe.folded(), null));
          }
        }
        if (compared != Compared.ADDRESS) {
          tries.add(
              new Try(probe.domain(), compared == Compared.DOMAIN ? null : Doubt.DOMAIN_ALONE));
        }
      }
      case DOMAIN -> {
        if (compared != Compared.DOMAIN) {
          tries.add(new Try(MADE_UP + probe.domain(), Doubt.MADE_UP_ADDRESS));
        }
        if (compared != Compared.ADDRESS) {
          tries.add(
              new Try(probe.domain(), compared == Compared.DOMAIN ? null : Doubt.DOMAIN_ALONE));
        }
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
}
