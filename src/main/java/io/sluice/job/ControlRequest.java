package io.sluice.job;

import java.util.Locale;

/** A request to a job that is under way. */
public enum ControlRequest {
  /** End it. */
  CANCEL,
  /** Stop it until it is resumed. */
  PAUSE;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The name in the database. */
  public String label() {
    return label;
  }
}
