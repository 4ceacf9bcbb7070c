package io.sluice.pipeline.imports;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How changes are sent. */
public enum Strategy {
  /** In batches where an operation has enough rows for it and the API offers it, else by rows. */
  AUTO,
  /** One call for each row. */
  ROWS,
  /** Many rows in one call, where the API offers it. */
  BATCH;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The name on the command line. */
  public String label() {
    return label;
  }

  /**
   * The strategy of that name.
   *
   * @throws IllegalArgumentException naming those there are
   */
  public static Strategy named(String name) {
    return Arrays.stream(values())
        .filter(strategy -> strategy.label.equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no '"
                        + name
                        + "'; there are "
                        + Arrays.stream(values())
                            .map(Strategy::label)
                            .collect(Collectors.joining(", "))));
  }
}
