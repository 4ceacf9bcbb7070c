package io.sluice.pipeline.imports.input;

import io.sluice.format.NamedChoice;

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
   * @throws IllegalArgumentException naming those there are
   */
  public static Duplicates named(String name) {
    return NamedChoice.of(Duplicates.class, name);
  }

  /** Its name where it is asked for. */
  public String label() {
    return NamedChoice.label(this);
  }

  @Override
  public String toString() {
    return label();
  }
}
