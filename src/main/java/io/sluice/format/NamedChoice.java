package io.sluice.format;

import io.sluice.format.text.Excerpt;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Finds one of a few choices by its name, in any case. */
public final class NamedChoice {
  private NamedChoice() {}

  /** The choice as people write it. */
  public static String label(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  /**
   * The choice of that name.
   *
   * @throws IllegalArgumentException naming those there are
   */
  public static <E extends Enum<E>> E of(Class<E> choices, String name) {
    return Arrays.stream(choices.getEnumConstants())
        .filter(choice -> label(choice).equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no '"
                        + Excerpt.of(name)
                        + "'; there are "
                        + Arrays.stream(choices.getEnumConstants())
                            .map(NamedChoice::label)
                            .collect(Collectors.joining(", "))));
  }
}
