package io.sluice.pipeline.imports.input;

import java.util.Locale;

/** The treatment of rows that have the same key and contradict each other. */
public enum Duplicates {
  /** All of them are invalid. */
  REFUSE,
  /** The first counts, and the others are skipped. */
  FIRST,
  /** The last counts, and the others are skipped. */
  LAST;

  /**
   * The one of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Duplicates named(String name) {
    for (Duplicates one : values()) {
      if (one.label().equalsIgnoreCase(name)) {
        return one;
      }
    }
    throw new IllegalArgumentException("'" + name + "' is none of refuse, first and last");
  }

  /** Its name where it is asked for. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return label();
  }
}
