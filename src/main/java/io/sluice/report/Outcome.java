package io.sluice.report;

import java.util.Locale;

/** The outcome of one row. */
public enum Outcome {
  /** The account has a record that it did not have. */
  CREATED,
  /** Fields of a record were changed. */
  UPDATED,
  /** The account held the record as the row has it. */
  UNCHANGED,
  /** The record is gone. */
  DELETED,
  /** Left alone on purpose; the message says why. */
  SKIPPED,
  /** The row itself is at fault; nothing was sent. */
  INVALID,
  /** The API refused it, or it cannot be done in this account. */
  FAILED,
  /** It may have happened; there was no way to find out. */
  UNKNOWN,
  /** Its turn never came. */
  UNPROCESSED;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The name in files, in lower case. */
  public String label() {
    return label;
  }

  /** True if the row belongs into the file of rows to be imported again. */
  public boolean remains() {
    return switch (this) {
      case INVALID, FAILED, UNKNOWN, UNPROCESSED -> true;
      case CREATED, UPDATED, UNCHANGED, DELETED, SKIPPED -> false;
    };
  }

  /** True if a run that goes on may still settle the row. */
  public boolean isOpen() {
    return this == UNKNOWN || this == UNPROCESSED;
  }

  /** True if the row has to be looked at by a person before it can be done. */
  public boolean needsPerson() {
    return this == INVALID || this == FAILED || this == UNKNOWN;
  }

  /**
   * The outcome of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Outcome labelled(String label) {
    for (Outcome outcome : values()) {
      if (outcome.label.equals(label)) {
        return outcome;
      }
    }
    throw new IllegalArgumentException("there is no outcome '" + label + "'");
  }
}
