package io.sluice.catalog;

import java.util.Comparator;

/**
 * The effect of a kind of records on mail's protection, and its place in the order in which kinds
 * are written: what protects comes before what exempts, so that mail is never less protected on the
 * way than before or after. Deletes go in the reverse order.
 *
 * @param effect whether such records protect or exempt
 * @param place the place among the kinds of the same effect, from 1
 */
public record Protection(Effect effect, int place) implements Comparable<Protection> {
  private static final Comparator<Protection> ORDER =
      Comparator.comparing(Protection::effect).thenComparing(Protection::place);

  /** The effect of a record on the messages that it is about. */
  public enum Effect {
    /** They are blocked, or looked at more closely. */
    PROTECTS,
    /** They are let through, or looked at less closely. */
    EXEMPTS
  }

  @Override
  public int compareTo(Protection other) {
    return ORDER.compare(this, other);
  }
}
