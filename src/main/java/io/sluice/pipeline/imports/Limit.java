package io.sluice.pipeline.imports;

import io.sluice.config.Percentage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * How many of something there may be: a number, or a share of a whole.
 *
 * @param count the number, if {@code share} is null
 * @param share from 0 to 1, or null
 * @param atLeast what a share allows however small the whole is
 */
public record Limit(long count, @Nullable Double share, long atLeast) {
  /** So many deletes may a plan have, unless it is told otherwise: 10%, but 10 in any case. */
  public static final Limit DELETES = new Limit(0, 0.1, 10);

  /**
   * Reads {@code 25} or {@code 10%}.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static Limit parse(String text) {
    if (text.strip().endsWith("%")) {
      return new Limit(0, Percentage.parse(text), 0);
    }
    try {
      long count = Long.parseLong(text.strip());
      if (count >= 0) {
        return new Limit(count, null, 0);
      }
    } catch (NumberFormatException noNumber) {
      // Said below.
    }
    throw new IllegalArgumentException("'" + text + "' is neither a number nor a share like 10%");
  }

  /** How many that is, of a whole of that size. */
  public long of(long whole) {
    return share == null ? count : Math.max(atLeast, Percentage.of(share, whole));
  }

  @Override
  public String toString() {
    return share == null
        ? Long.toString(count)
        : BigDecimal.valueOf(share * 100)
                .setScale(2, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString()
            + "%";
  }
}
