package io.sluice.cli.text;

import io.sluice.report.Outcome;
import io.sluice.report.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says what became of the deletes of a mirror, which belong to no row. */
public final class DeletesText {
  private DeletesText() {}

  /** One text for each outcome, such as "plus 3 deleted"; none if there were no deletes. */
  public static List<String> of(Summary summary) {
    List<String> texts = new ArrayList<>();
    for (Map.Entry<Outcome, Long> entry : summary.deletes().byOutcome().entrySet()) {
      long many = entry.getValue();
      if (many > 0 && entry.getKey() == Outcome.UNPROCESSED) {
        texts.add(Printable.count(many) + (many == 1 ? " delete" : " deletes") + notMade(summary));
      } else if (many > 0 && entry.getKey() == Outcome.SKIPPED) {
        texts.addAll(spared(summary));
      } else if (many > 0) {
        texts.add("plus " + Printable.count(many) + " " + entry.getKey().label());
      }
    }
    return texts;
  }

  /** Records that a mirror would delete and leaves, each for a reason of its own; none if none. */
  public static List<String> spared(Summary summary) {
    long many = summary.deletes().of(Outcome.SKIPPED);
    return many == 0
        ? List.of()
        : List.of("plus " + Printable.count(many) + " skipped, for the reason in the report");
  }

  /** Deletes wait for every row; one that failed holds all of them back. */
  private static String notMade(Summary summary) {
    long failed = summary.counts().of(Outcome.FAILED) + summary.counts().of(Outcome.INVALID);
    return failed == 0
        ? " not made"
        : " not made, because " + Printable.count(failed, "row") + " failed";
  }
}
