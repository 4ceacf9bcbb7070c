package io.sluice.pipeline.insight.lint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Objects;

/** The page of a rule: what it finds, why it matters, an example, what to do, how to silence it. */
public final class RulePage {
  private RulePage() {}

  /** The page as plain text. */
  public static String of(LintRule rule) {
    String file = rule.id() + ".txt";
    try (InputStream in = Objects.requireNonNull(RulePage.class.getResourceAsStream(file), file)) {
      return head(rule) + new String(in.readAllBytes(), UTF_8) + foot(rule);
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
