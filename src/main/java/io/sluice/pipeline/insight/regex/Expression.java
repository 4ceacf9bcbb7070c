package io.sluice.pipeline.insight.regex;

import io.sluice.catalog.pattern.PatternSyntax;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression that can be tried on texts without ever hanging: each try has a budget of
 * characters to read. It is sought anywhere in the text. Not safe for several threads.
 */
public final class Expression {
  /** The budget of a try on one address; what is sound takes a few hundred steps. */
  public static final long USUAL_BUDGET = 20_000;

  private static final double MOST_ROUNDS = 100_000;

  private final CountedText text = new CountedText();
  private final @Nullable RegexTree tree;
  private final @Nullable Matcher matcher;
  private final @Nullable String fault;
  private final List<String> required;

  /** How a try ended. */
  public enum Answer {
    MATCHES,
    DIFFERS,
    /** Not known: the budget was spent first. */
    UNKNOWN
  }

  private Expression(String regex, @Nullable Matcher matcher, @Nullable String fault) {
    this.tree = matcher == null ? null : RegexTree.of(regex).orElse(null);
    double rounds = tree == null ? looseRounds(regex) : tree.leastRounds();
    boolean endless = matcher != null && rounds > MOST_ROUNDS;
    this.matcher = endless ? null : matcher;
    this.fault = endless ? "its repetitions go round too often to be tried" : fault;
    this.required = tree == null ? List.of() : tree.required();
  }

  /** The expression; one that cannot be used has a {@link #fault()}. */
  public static Expression of(String regex) {
    if (regex.length() > PatternSyntax.LONGEST_REGEX) {
      return new Expression(
          regex, null, "it is longer than " + PatternSyntax.LONGEST_REGEX + " characters");
    }
    try {
      return new Expression(regex, Pattern.compile(regex).matcher(""), null);
    } catch (PatternSyntaxException invalid) {
      return new Expression(regex, null, "it is not a Java regular expression");
    } catch (StackOverflowError tooDeep) {
      return new Expression(regex, null, "it is nested too deeply");
    }
  }

  /** Why it cannot be tried at all; null if it can. */
  public @Nullable String fault() {
    return fault;
  }

  /** What it is made of, if that could be read. */
  public Optional<RegexTree> tree() {
    return Optional.ofNullable(tree);
  }

  /** Seeks it in the text, reading at most {@code budget} characters. */
  public Answer find(String in, long budget) {
    if (matcher == null) {
      return Answer.UNKNOWN;
    }
    text.with(in, budget);
    for (int i = 0; i < required.size(); i++) {
      if (!in.contains(required.get(i))) {
        return Answer.DIFFERS;
      }
    }
    try {
      return matcher.reset(text).find() ? Answer.MATCHES : Answer.DIFFERS;
    } catch (CountedText.SpentException | StackOverflowError unfinished) {
      return Answer.UNKNOWN;
    }
  }

  /**
   * True if it can match the whole text too, after a {@link #find} that matched a part of it: what
   * is found first need not be the longest. False if the rest of the budget is spent first.
   */
  public boolean matchesWhole(String in) {
    if (matcher == null) {
      return false;
    }
    try {
      return matcher.reset(text.with(in, text.left())).matches();
    } catch (CountedText.SpentException | StackOverflowError unfinished) {
      return false;
    }
  }

  /** How much of the budget the last {@link #find} left. */
  public long left() {
    return text.left();
  }

  /** The part of the text that matched, after a {@link #find} that matched. */
  public String part() {
    return matcher == null ? "" : matcher.group();
  }

  /** The known facts about its speed. */
  public Speed speed() {
    if (matcher == null || tree == null) {
      return new Speed(null, false, 0);
    }
    Slowness.Answer answer = Slowness.of(tree);
    SlowText slow = answer.text();
    if (slow == null || !slow.proven()) {
      SlowText run = slowWhenRun(tree);
      slow = run == null ? slow : run;
    }
    return new Speed(slow, answer.whole(), answer.steps());
  }

  /**
   * The speed of an expression.
   *
   * @param slow a text on which it is very slow, or null if none was found
   * @param whole whether all of it was looked at
   * @param steps how much work that was, in characters read
   */
  public record Speed(@Nullable SlowText slow, boolean whole, long steps) {}

  /** A text made for it on which Java's own engine takes more than its budget. */
  private @Nullable SlowText slowWhenRun(RegexTree of) {
    for (SlowText made : Pumps.of(of)) {
      long length = made.text().length();
      long budget = Math.max(1_000_000, length * length * length);
      if (runsOut(made.text(), budget)) {
        return made;
      }
    }
    return null;
  }

  private boolean runsOut(String made, long budget) {
    try {
      if (matcher != null) {
        matcher.reset(text.with(made, budget)).find();
      }
      return false;
    } catch (CountedText.SpentException | StackOverflowError spent) {
      return true;
    }
  }

  /** All counts of repetitions together, for an expression that was not taken apart. */
  private static double looseRounds(String regex) {
    double product = 1;
    Matcher counts = Pattern.compile("\\{(\\d{1,10})").matcher(regex);
    while (counts.find()) {
      product *= Math.max(1, Double.parseDouble(counts.group(1)));
    }
    return product;
  }
}
