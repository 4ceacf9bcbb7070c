package io.sluice.pipeline.insight.lint;

import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads in a comment which rules it silences: {@code lint:RULE=ok}. */
final class CommentMarks {
  private static final Pattern MARK = Pattern.compile("\\blint:([A-Za-z_-]+)=ok\\b");

  private CommentMarks() {}

  /**
   * The rules, a bit each.
   *
   * @param unknown receives what names no rule
   */
  static int in(String comment, Consumer<String> unknown) {
    int silenced = 0;
    if (!comment.contains("lint:")) {
      return silenced;
    }
    Matcher mark = MARK.matcher(comment);
    while (mark.find()) {
      LintRule rule = LintRule.find(mark.group(1)).orElse(null);
      if (rule == null) {
        unknown.accept(mark.group());
      } else {
        silenced |= rule.bit();
      }
    }
    return silenced;
  }
}
