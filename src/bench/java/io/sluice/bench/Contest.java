package io.sluice.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * Contenders that run in turn, round after round, so that whatever else the machine does strikes
 * them alike. Each round begins with another one.
 */
final class Contest {
  private final Map<String, List<Sample>> samples = new LinkedHashMap<>();

  private Contest() {}

  /** Runs every contender once without counting it, then {@code rounds} times. */
  static Contest run(Workshop workshop, List<? extends Contender> contenders, int rounds)
      throws IOException, InterruptedException {
    Contest contest = new Contest();
    for (int round = 0; round <= rounds; round++) {
      for (int i = 0; i < contenders.size(); i++) {
        Contender contender = contenders.get((round + i) % contenders.size());
        Sample sample = contender.run();
        workshop.say(
            String.format(
                Locale.ROOT,
                "  %s %-20s %7.3f s",
                round == 0 ? "warm-up" : "round " + round,
                contender.name(),
                sample.seconds()));
        if (round > 0) {
          contest.samples.computeIfAbsent(contender.name(), k -> new ArrayList<>()).add(sample);
        }
      }
    }
    return contest;
  }

  /** A figure of one contender. */
  Spread of(String contender, ToDoubleFunction<Sample> figure) {
    return Spread.of(list(contender).stream().map(figure::applyAsDouble).toList());
  }

  /** How a figure of one contender compares with another's of the same round. */
  Spread ratio(String contender, String reference, ToDoubleFunction<Sample> figure) {
    List<Sample> own = list(contender);
    List<Sample> others = list(reference);
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      ratios.add(figure.applyAsDouble(own.get(i)) / figure.applyAsDouble(others.get(i)));
    }
    return Spread.of(ratios);
  }

  private List<Sample> list(String contender) {
    return Objects.requireNonNull(samples.get(contender), contender);
  }
}
