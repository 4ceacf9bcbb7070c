package io.sluice.flow.quota;

import java.util.List;

/**
 * What to pace calls by.
 *
 * @param explicit rates that the user asked for; they replace the defaults, are used in full and
 *     never yield
 * @param defaults rates to keep to until answers announce their own policies
 * @param reserve the share (0 to below 1) of announced and default quotas that is left to others
 */
public record QuotaLimits(List<Quota> explicit, List<Quota> defaults, double reserve) {
  /**
   * Copies the lists and checks the share.
   *
   * @throws IllegalArgumentException if the reserve is not a share from 0 to below 1
   */
  public QuotaLimits {
    if (!(reserve >= 0 && reserve < 1)) {
      throw new IllegalArgumentException(
          "The reserve is a share from 0% to below 100%, not " + reserve * 100 + "%");
    }
    explicit = List.copyOf(explicit);
    defaults = List.copyOf(defaults);
  }

  /** No rate of one's own and no reserve: only what answers announce, and 429s, hold calls back. */
  public static QuotaLimits unlimited() {
    return new QuotaLimits(List.of(), List.of(), 0);
  }

  /** These rates and nothing else, until answers announce something stricter. */
  public static QuotaLimits explicit(Quota... rates) {
    return new QuotaLimits(List.of(rates), List.of(), 0);
  }

  /** The calls that count as reserved out of {@code calls}: rounded up, but never all of them. */
  static long reserved(double reserve, long calls) {
    // A hair less, so that 10% of 60 is 6 and not, by binary rounding, 7.
    return Math.max(0, Math.min((long) Math.ceil(reserve * calls - 1e-9), calls - 1));
  }
}
