package io.sluice.cli.option;

import io.sluice.config.UsageException;
import io.sluice.format.NamedChoice;
import io.sluice.pipeline.insight.lint.LintRule;
import io.sluice.pipeline.insight.lint.Severity;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is looked for in lists, what counts as a failure, and how it is shown. */
public final class LintOptions extends OptionGroup {
  /** How findings are written. */
  public enum Format {
    TEXT,
    JSON,
    SARIF;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Value<String> failOn =
      text(
          "--fail-on",
          "error|warning|note",
          "Exit with 8 if a finding is at least this severe; default: never.");

  private final Value<List<String>> ignored =
      list(
              "--ignore",
              "RULE",
              String.class,
              "Leave this rule out; repeatable, or separated by commas.")
          .completedBy(LintRule.ids())
          .or(List.of());

  private final Value<Format> format =
      value(
          "--format",
          "text|json|sarif",
          Format.class,
          "The format of the findings (text); json is the same as --json.");

  /** How findings are written. */
  public Format format(boolean json) {
    if (json && format.isGiven() && format.get() != Format.JSON) {
      throw new UsageException(
          "--json and --format " + format.get() + " say opposite things", null);
    }
    return json ? Format.JSON : format.isGiven() ? format.get() : Format.TEXT;
  }

  /** The severity from which on a finding is a failure; null for never. */
  public @Nullable Severity failOn() {
    if (!failOn.isGiven()) {
      return null;
    }
    String word = failOn.get();
    return UsageException.checked("--fail-on: ", () -> NamedChoice.of(Severity.class, word));
  }

  /** The rules that are left out. */
  public Set<LintRule> ignored() {
    Set<LintRule> rules = EnumSet.noneOf(LintRule.class);
    for (String given : ignored.get()) {
      for (String id : given.split(",", -1)) {
        rules.add(rule("--ignore", id.strip()));
      }
    }
    return rules;
  }

  /** The rule of that name. */
  public static LintRule rule(String option, String id) {
    try {
      return LintRule.named(id);
    } catch (IllegalArgumentException unknown) {
      throw new UsageException(option + ": " + unknown.getMessage(), null);
    }
  }
}
