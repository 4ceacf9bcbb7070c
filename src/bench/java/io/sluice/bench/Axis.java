package io.sluice.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * One direction of a chart: from the lowest to the highest of its values, with ticks at round ones.
 *
 * @param logarithmic whether each step multiplies rather than adds
 */
record Axis(boolean logarithmic, double min, double max, List<Double> ticks) {
  private static final double[] ROUND = {1, 2, 5};

  /** From these decades on, ticks at 2 and 5 would be too many. */
  private static final double MANY_DECADES = 3.1;

  /** From nothing to a round number that no value exceeds. */
  static Axis linear(Collection<Double> values) {
    double highest = DoubleStream.concat(finite(values), DoubleStream.of(1)).max().orElseThrow();
    double step = atLeast(highest / 6);
    double max = Math.ceil(highest / step) * step;
    return new Axis(false, 0, max, steps(max, step));
  }

  /** From one round number to another; values that are not above zero do not count. */
  static Axis logarithmic(Collection<Double> values) {
    double[] positive = finite(values).filter(value -> value > 0).toArray();
    double min = atMost(DoubleStream.of(positive).min().orElse(1));
    double max = Math.max(atLeast(DoubleStream.of(positive).max().orElse(1)), 10 * min);
    return new Axis(true, min, max, rounds(min, max, Math.log10(max / min) < MANY_DECADES));
  }

  /** A logarithmic one with these ticks and a little room beyond them. */
  static Axis logarithmicAt(Collection<Integer> values) {
    List<Double> ticks = values.stream().map(Integer::doubleValue).sorted().toList();
    return new Axis(true, ticks.get(0) / 1.3, ticks.get(ticks.size() - 1) * 1.3, ticks);
  }

  /** Where a value is, from 0 to 1. */
  double position(double value) {
    return logarithmic ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min);
  }

  /** Whether a value can be shown at all. */
  boolean has(double value) {
    return Double.isFinite(value) && (!logarithmic || value > 0);
  }

  private static DoubleStream finite(Collection<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).filter(Double::isFinite);
  }

  private static List<Double> steps(double max, double step) {
    List<Double> ticks = new ArrayList<>();
    for (int i = 0; i * step <= max * 1.0001; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  private static List<Double> rounds(double min, double max, boolean all) {
    List<Double> ticks = new ArrayList<>();
    for (double decade = decade(min); decade <= max * 1.0001; decade *= 10) {
      for (double round : ROUND) {
        double tick = round * decade;
        if (tick >= min * 0.9999 && tick <= max * 1.0001 && (all || round == 1)) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }

  private static double decade(double value) {
    return Math.pow(10, Math.floor(Math.log10(value)));
  }

  private static double atMost(double value) {
    double found = decade(value);
    for (double round : ROUND) {
      if (round * decade(value) <= value) {
        found = round * decade(value);
      }
    }
    return found;
  }

  private static double atLeast(double value) {
    for (double round : ROUND) {
      if (round * decade(value) >= value) {
        return round * decade(value);
      }
    }
    return 10 * decade(value);
  }
}
