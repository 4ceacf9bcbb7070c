package io.sluice.bench;

import java.util.function.ToDoubleFunction;

/**
 * A figure of a run, as the table and charts show it.
 *
 * @param unit its unit
 */
record Figure(String unit, ToDoubleFunction<Sample> value) {
  static final Figure SECONDS = new Figure("s", Sample::seconds);
  static final Figure CPU = new Figure("CPU s", Sample::cpuSeconds);
  static final Figure OWN =
      new Figure("MiB without pages of files", sample -> sample.ownBytes() / (1 << 20));
  static final Figure PEAK = new Figure("MiB peak RSS", sample -> sample.peakBytes() / (1 << 20));

  double of(Sample sample) {
    return value.applyAsDouble(sample);
  }
}
