package io.sluice.pipeline.imports;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What follows from findings of lint about what would be written. */
public enum LintChoice {
  /** It is not looked at. */
  OFF,
  /** They are shown. */
  WARN,
  /** They are shown, and an error among them refuses the plan. */
  REFUSE;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The choice as people write it. */
  public String label() {
    return label;
  }

  /**
   * The choice of that name.
   *
   * @throws IllegalArgumentException naming those there are
   */
  public static LintChoice named(String name) {
    return Arrays.stream(values())
        .filter(choice -> choice.label.equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no '"
                        + name
                        + "'; there are "
                        + Arrays.stream(values())
                            .map(LintChoice::label)
                            .collect(Collectors.joining(", "))));
  }
}
