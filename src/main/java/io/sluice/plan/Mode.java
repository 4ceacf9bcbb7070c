package io.sluice.plan;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The ways in which an import treats rows. */
public enum Mode {
  /** Makes what is missing and leaves alone what is there. */
  CREATE,
  /** Makes what is missing and changes what differs. */
  UPSERT,
  /** Changes what differs; what is missing is an error. */
  UPDATE,
  /** As upsert, and then deletes what no row names. */
  MIRROR,
  /** Deletes what the rows name. */
  DELETE;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The name on the command line and in files, in lower case. */
  public String label() {
    return label;
  }

  /** True if a row that the account lacks is made. */
  public boolean creates() {
    return this == CREATE || this == UPSERT || this == MIRROR;
  }

  /** True if records may be deleted. */
  public boolean deletes() {
    return this == MIRROR || this == DELETE;
  }

  /**
   * The mode of that label, in any case.
   *
   * @throws IllegalArgumentException naming the modes that exist
   */
  public static Mode named(String label) {
    for (Mode mode : values()) {
      if (mode.label.equals(label.toLowerCase(Locale.ROOT))) {
        return mode;
      }
    }
    String known = Arrays.stream(values()).map(Mode::label).collect(Collectors.joining(", "));
    throw new IllegalArgumentException("unknown mode '" + label + "'; known are " + known);
  }
}
