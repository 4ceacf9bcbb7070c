package io.sluice.pipeline.imports;

import io.sluice.format.NamedChoice;

/** How changes are sent. */
public enum Strategy {
  /** In batches where an operation has enough rows for it and the API offers it, else by rows. */
  AUTO,
  /** One call for each row. */
  ROWS,
  /** Many rows in one call, where the API offers it. */
  BATCH;

  /** The name on the command line. */
  public String label() {
    return NamedChoice.label(this);
  }

  /**
   * The strategy of that name.
   *
   * @throws IllegalArgumentException naming those there are
   */
  public static Strategy named(String name) {
    return NamedChoice.of(Strategy.class, name);
  }
}
