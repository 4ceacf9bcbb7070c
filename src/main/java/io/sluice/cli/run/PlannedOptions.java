package io.sluice.cli.run;

import io.sluice.catalog.Validation;
import io.sluice.pipeline.imports.saved.SavedPart;
import io.sluice.plan.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The options with which an import does what a saved plan was to do with the rows that it has left:
 * in the same mode, and for the same owner.
 */
final class PlannedOptions {
  private static final List<String> OWNERSHIP = List.of("--owner", "--adopt", "--expires");

  private PlannedOptions() {}

  static List<String> of(SavedPart part) {
    List<String> options = new ArrayList<>();
    if (part.mode() != Mode.UPSERT) {
      options.addAll(List.of("--mode", part.mode().label()));
    }
    if (part.level() != Validation.Level.STRICT) {
      options.addAll(List.of("--validation", part.level().name().toLowerCase(Locale.ROOT)));
    }
    if (part.allowUnprotect()) {
      options.add("--allow-unprotect");
    }
    for (String name : OWNERSHIP) {
      String value = part.options().get(name);
      if (value != null) {
        options.add(name);
      }
      // Records without an owner are adopted by the option alone.
      if (value != null && !value.isEmpty()) {
        options.add(value);
      }
    }
    return List.copyOf(options);
  }
}
