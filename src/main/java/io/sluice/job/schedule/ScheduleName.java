package io.sluice.job.schedule;

import io.sluice.config.UsageException;
import io.sluice.job.TextLimit;
import java.util.Locale;

/** The names that schedules may have. */
final class ScheduleName {
  private ScheduleName() {}

  /**
   * The name without blanks around it.
   *
   * @throws UsageException if it is none
   */
  static String of(String text) {
    String name = text.strip();
    try {
      TextLimit.SCHEDULE_NAME.require(name);
    } catch (IllegalArgumentException wrong) {
      throw new UsageException(String.valueOf(wrong.getMessage()), null);
    }
    name.codePoints()
        .filter(c -> !prints(c))
        .findFirst()
        .ifPresent(
            hidden -> {
              throw new UsageException(
                  String.format(
                      Locale.ROOT,
                      "a schedule's name holds U+%04X, which does not print; leave it out",
                      hidden),
                  null);
            });
    return name;
  }

  private static boolean prints(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
