package io.sluice.pipeline.insight.lint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** The page of a rule: what it finds, why it matters, an example, what to do, how to silence it. */
public final class RulePage {
  /** The heading of what a finding means. */
  public static final String WHY = "Why it matters";

  /** The heading of what to do about a finding. */
  public static final String TO_DO = "What to do";

  private RulePage() {}

  /** The page as plain text. */
  public static String of(LintRule rule) {
    return head(rule) + body(rule) + foot(rule);
  }

  /** What stands below a heading of the page, on one line. */
  public static String section(LintRule rule, String heading) {
    return body(rule)
        .lines()
        .dropWhile(line -> !line.equals(heading))
        .skip(1)
        .takeWhile(line -> line.startsWith(" "))
        .map(String::strip)
        .collect(Collectors.joining(" "));
  }

  private static String body(LintRule rule) {
    String file = rule.id() + ".txt";
    try (InputStream in = Objects.requireNonNull(RulePage.class.getResourceAsStream(file), file)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String head(LintRule rule) {
    return rule.id() + " (" + rule.severity().label() + ")\n\nFinds " + rule.finds() + ".\n\n";
  }

  private static String foot(LintRule rule) {
    return String.format(
        Locale.ROOT,
        """

    How to silence it
      For one record: write lint:%1$s=ok into its comment, with the reason.
      For one run: --ignore %1$s
    """,
        rule.id());
  }
}
