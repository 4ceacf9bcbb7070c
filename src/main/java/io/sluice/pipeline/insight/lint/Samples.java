package io.sluice.pipeline.insight.lint;

import io.sluice.pipeline.insight.match.RecordPattern.Compared;
import io.sluice.pipeline.insight.regex.Expression;
import io.sluice.pipeline.insight.regex.Expression.Answer;
import java.util.List;

/** Senders that have nothing in common: what matches all of them matches any. */
final class Samples {
  private static final List<String> ADDRESSES =
      List.of(
          "k.larsen@fjord-shipping.no",
          "info@4711.example",
          "x_9@a.b.c.test",
          "billing+7@qux.invalid",
          "zoe@municipality.gov.br",
          "noreply@mx1.storage-unit.co.za",
          "jun.ito@kumo.jp",
          "w@q.io");
  private static final List<String> IPS = List.of("192.0.2.17", "198.51.100.203", "2001:db8:5::9");

  private Samples() {}

  /** True if the expression matches every one of them, of one kind. */
  static boolean allMatch(Expression expression, Compared compared) {
    List<String> texts =
        compared == Compared.DOMAIN
            ? ADDRESSES.stream().map(one -> one.substring(one.indexOf('@') + 1)).toList()
            : ADDRESSES;
    return all(expression, texts) || (compared == Compared.SENDER_FIELDS && all(expression, IPS));
  }

  private static boolean all(Expression expression, List<String> texts) {
    for (String text : texts) {
      if (expression.find(text, Expression.USUAL_BUDGET) != Answer.MATCHES) {
        return false;
      }
    }
    return true;
  }
}
