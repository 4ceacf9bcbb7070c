package io.sluice.job;

import java.util.Locale;

/** The kind of a job. */
public enum JobKind {
  /** Makes a snapshot of an account. */
  EXPORT,
  /** Makes an account what a file says. */
  IMPORT,
  /** Makes an account what a snapshot says. */
  RESTORE,
  /** Makes an account what another one is. */
  MIGRATE,
  /** Deletes the records whose last day has passed. */
  PRUNE,
  /** Makes an account what a feed says, if it has changed. */
  FEED,
  /** Compares two sides. */
  DIFF,
  /** Looks at lists: what is wrong with them, or what matches a sender. */
  INSIGHT;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The name in the API and in the database. */
  public String label() {
    return label;
  }
}
