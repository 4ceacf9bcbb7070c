package io.sluice.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The runs of one job at several sizes, and how its use of time and memory grows. */
final class Growth {
  private static final List<Figure> FIGURES =
      List.of(Figure.SECONDS, Figure.CPU, Figure.PEAK, Figure.OWN);

  private final String job;
  private final Goal cpu;
  private final Goal memory;
  private final NavigableMap<Integer, Sample> samples = new TreeMap<>();

  /**
   * @param cpu the goal of the processor time a record, from the next smaller size to the largest
   * @param memory the goal of the memory without pages of files, likewise
   */
  Growth(String job, Goal cpu, Goal memory) {
    this.job = job;
    this.cpu = cpu;
    this.memory = memory;
  }

  String job() {
    return job;
  }

  void add(int size, Sample sample) {
    samples.put(size, sample);
  }

  /** The ratios first, if there are two sizes, then the figures of each size. */
  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    if (samples.size() > 1) {
      rows.add(ratio("CPU a record", cpu, sample -> sample.cpuSeconds() / sample.rows()));
      rows.add(ratio("memory without pages of files", memory, Sample::ownBytes));
      rows.add(ratio("peak RSS", Goal.NONE, Sample::peakBytes));
    }
    samples.forEach(
        (size, sample) -> {
          for (Figure figure : FIGURES) {
            String name = String.format(Locale.ROOT, "%s, %,d records", job, size);
            Spread spread = Spread.of(List.of(figure.of(sample)));
            rows.add(new Row(name, spread, figure.unit(), "one run", Goal.NONE));
          }
        });
    return rows;
  }

  /** One figure of every size. */
  NavigableMap<Integer, Double> points(Figure figure) {
    return samples.entrySet().stream()
        .collect(
            Collectors.toMap(
                entry -> entry.getKey(),
                entry -> figure.of(entry.getValue()),
                (one, other) -> other,
                TreeMap::new));
  }

  private Row ratio(String figure, Goal goal, ToDoubleFunction<Sample> value) {
    int largest = samples.lastKey();
    int smaller = Collections.max(samples.headMap(largest).keySet());
    double ratio =
        value.applyAsDouble(samples.get(largest)) / value.applyAsDouble(samples.get(smaller));
    String sizes = String.format(Locale.ROOT, "%,d against %,d records", largest, smaller);
    return new Row(
        job + ": growth of " + figure, Spread.of(List.of(ratio)), Row.TIMES, sizes, goal);
  }
}
