package io.sluice.job.keys;

import java.util.Locale;

/** The permissions of a key. */
public enum Role {
  /** Looks at everything, and changes nothing. */
  VIEWER,
  /** Does everything but to approve. */
  OPERATOR,
  /** Also approves the jobs of others. */
  APPROVER;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** True if a holder of this role may do what one of the other may. */
  public boolean includes(Role other) {
    return compareTo(other) >= 0;
  }

  /** The role of that label. */
  static Role named(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }

  /** The name in the API and in the database. */
  public String label() {
    return label;
  }
}
