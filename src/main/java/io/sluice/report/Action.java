package io.sluice.report;

import java.util.Locale;

/** The action on the account for a row. */
public enum Action {
  /** A new record. */
  CREATE,
  /** Other values in a record that is there. */
  UPDATE,
  /** A record less. */
  DELETE,
  /** Nothing. */
  NONE;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The name in files, in lower case. */
  public String label() {
    return label;
  }

  /**
   * The action of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Action labelled(String label) {
    for (Action action : values()) {
      if (action.label.equals(label)) {
        return action;
      }
    }
    throw new IllegalArgumentException("there is no action '" + label + "'");
  }
}
