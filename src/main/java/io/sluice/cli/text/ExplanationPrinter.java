package io.sluice.cli.text;

import io.sluice.cli.Console;
import io.sluice.pipeline.insight.Explanation;
import io.sluice.pipeline.insight.Explanation.Match;
import java.util.stream.Collectors;

/** Puts into lines which records match, and what that means. */
public final class ExplanationPrinter {
  private ExplanationPrinter() {}

  /** Prints it; {@code what} is what was asked for. */
  public static void print(Console console, String what, Explanation explanation) {
    int count = explanation.matches().size();
    console.say(
        Printable.safe(what)
            + ": "
            + (count == 0
                ? "nothing matches"
                : count == 1 ? "1 record matches" : Printable.count(count) + " records match"));
    for (Match match : explanation.matches()) {
      console.say(
          "  "
              + console.style("bold", Printable.safe(match.name().toString()))
              + (match.name().id().isEmpty()
                  ? ""
                  : "  (id " + Printable.safe(match.name().id()) + ")"));
      console.say("    by     " + by(match));
      console.say("    effect " + match.effect());
      match.open().forEach(open -> console.say("    open   " + open));
    }
    for (Explanation.Undecided one : explanation.undecided()) {
      console.say("  undecided: " + Printable.safe(one.name() + ": " + one.why()));
    }
    Explanation.Narrower narrower = explanation.narrower();
    if (narrower.count() > 0) {
      console.say("  only a part: " + part(narrower));
    }
    explanation.open().forEach(open -> console.say("not documented: " + open));
  }

  private static String part(Explanation.Narrower narrower) {
    String names =
        narrower.first().stream()
            .map(name -> Printable.safe(name.toString()))
            .collect(Collectors.joining(", "));
    long more = narrower.count() - narrower.first().size();
    return names + (more == 0 ? "" : ", and " + Printable.count(more) + " more");
  }

  private static String by(Match match) {
    return match.by().label() + ": " + Printable.safe(match.part());
  }
}
