package io.sluice.pipeline.insight.lint;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads in a comment which rules it silences: {@code lint:RULE=ok}. */
final class CommentMarks {
  private static final Pattern MARK = Pattern.compile("\\blint:([A-Za-z_-]+)=ok\\b");

  private CommentMarks() {}

  /**
   * The rules.
   *
   * @param unknown receives what names no rule
   */
  static Set<LintRule> in(String comment, Consumer<String> unknown) {
    if (!comment.contains("lint:")) {
      return Set.of();
    }
    Set<LintRule> silenced = EnumSet.noneOf(LintRule.class);
    Matcher mark = MARK.matcher(comment);
    while (mark.find()) {
      LintRule rule = LintRule.find(mark.group(1)).orElse(null);
      if (rule == null) {
        unknown.accept(mark.group());
      } else {
        silenced.add(rule);
      }
    }
    return silenced;
  }
}
