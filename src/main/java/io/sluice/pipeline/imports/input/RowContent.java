package io.sluice.pipeline.imports.input;

/**
 * Which fields a row gives, and what it says of each in 64 bits. A field that a row does not give
 * is no value of its own.
 */
final class RowContent {
  private final long given;
  private final long[] values;

  /**
   * @param given a bit for each field that the row gives
   * @param values of those fields, in the order of the bits; not copied
   */
  RowContent(long given, long[] values) {
    this.given = given;
    this.values = values;
  }

  /** A bit for each field that the row gives. */
  long given() {
    return given;
  }

  /** The fields that both give and of which they say different things. */
  long differences(RowContent other) {
    long differences = 0;
    for (long both = given & other.given; both != 0; both &= both - 1) {
      long field = Long.lowestOneBit(both);
      if (value(field) != other.value(field)) {
        differences |= field;
      }
    }
    return differences;
  }

  /** The fields that this gives and the other does not. */
  long beyond(RowContent other) {
    return given & ~other.given;
  }

  /** The same with the fields that only the other gives. */
  RowContent and(RowContent other) {
    long all = given | other.given;
    long[] both = new long[Long.bitCount(all)];
    int at = 0;
    for (long rest = all; rest != 0; rest &= rest - 1) {
      long field = Long.lowestOneBit(rest);
      both[at++] = (given & field) != 0 ? value(field) : other.value(field);
    }
    return new RowContent(all, both);
  }

  private long value(long field) {
    return values[Long.bitCount(given & (field - 1))];
  }
}
