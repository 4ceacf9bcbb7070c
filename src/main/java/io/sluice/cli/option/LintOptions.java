package io.sluice.cli.option;

import io.sluice.config.UsageException;
import io.sluice.format.NamedChoice;
import io.sluice.pipeline.insight.lint.LintRule;
import io.sluice.pipeline.insight.lint.Severity;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is looked for in lists, what counts as a failure, and how it is shown. */
public final class LintOptions {
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

  @Option(
      names = "--fail-on",
      paramLabel = "error|warning|note",
      description = "Exit with 8 if a finding is at least this severe; default: never.")
  private @Nullable String failOn;

  @Option(
      names = "--ignore",
      paramLabel = "RULE",
      description = "Leave this rule out; repeatable, or separated by commas.")
  private List<String> ignored = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "text|json|sarif",
      description = "The format of the findings (text); json is the same as --json.")
  private @Nullable Format format;

  /** How findings are written. */
  public Format format(boolean json) {
    if (json && format != null && format != Format.JSON) {
      throw new UsageException("--json and --format " + format + " say opposite things", null);
    }
    return json ? Format.JSON : format == null ? Format.TEXT : format;
  }

  /** The severity from which on a finding is a failure; null for never. */
  public @Nullable Severity failOn() {
    if (failOn == null) {
      return null;
    }
    String word = failOn;
    return UsageException.checked("--fail-on: ", () -> NamedChoice.of(Severity.class, word));
  }

  /** The rules that are left out. */
  public Set<LintRule> ignored() {
    Set<LintRule> rules = EnumSet.noneOf(LintRule.class);
    for (String given : ignored) {
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
