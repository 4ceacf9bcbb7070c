package io.sluice.bench;

/** What a figure shall come to. */
record Goal(Sense sense, double value) {
  /** A figure that is only told. */
  static final Goal NONE = new Goal(Sense.NONE, 0);

  private enum Sense {
    NONE,
    AT_LEAST,
    AT_MOST
  }

  static Goal atLeast(double value) {
    return new Goal(Sense.AT_LEAST, value);
  }

  static Goal atMost(double value) {
    return new Goal(Sense.AT_MOST, value);
  }

  /** The goal and whether the median meets it; empty if there is none. */
  String validate(Spread spread) {
    return switch (sense) {
      case NONE -> "";
      case AT_LEAST -> text("≥", spread.median() >= value);
      case AT_MOST -> text("≤", spread.median() <= value);
    };
  }

  private String text(String sign, boolean met) {
    return sign + " " + Table.number(value) + (met ? " met" : " MISSED");
  }
}
