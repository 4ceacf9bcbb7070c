package io.sluice.pipeline.imports;

import io.sluice.catalog.Ability;
import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.format.OptionNames;
import io.sluice.plan.Mode;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Which of the options that bound deletes were given.
 *
 * @param maxDeletes whether a number of deletes was given
 * @param allowUnprotect whether domains may be deleted
 * @param noSafetySnapshot whether the safety snapshot is left out
 */
public record DeleteGuards(boolean maxDeletes, boolean allowUnprotect, boolean noSafetySnapshot) {

  /**
   * Checks that each of them has an effect.
   *
   * @param resources what the run is about
   * @throws IllegalArgumentException naming one that has none, and what it belongs to
   */
  public void requireEffect(Mode mode, Collection<Resource> resources, OptionNames names) {
    if (!mode.deletes()) {
      if (maxDeletes) {
        throw idle(names.of("max-deletes"), mode, names);
      } else if (allowUnprotect) {
        throw idle(names.of("allow-unprotect"), mode, names);
      } else if (noSafetySnapshot) {
        throw idle(names.without("safety-snapshot"), mode, names);
      }
    } else if (allowUnprotect && resources.stream().allMatch(DeleteGuards::restorable)) {
      throw new IllegalArgumentException(
          names.of("allow-unprotect")
              + " has no effect on "
              + resources.stream().map(Resource::slug).collect(Collectors.joining(", "))
              + ": it belongs to "
              + Catalog.resources().stream()
                  .filter(resource -> !restorable(resource))
                  .map(Resource::slug)
                  .collect(Collectors.joining(", ")));
    }
  }

  private static boolean restorable(Resource resource) {
    return resource.can(Ability.CREATE);
  }

  private static IllegalArgumentException idle(String option, Mode mode, OptionNames names) {
    return new IllegalArgumentException(
        option
            + " has no effect with "
            + names.of("mode")
            + " "
            + mode.label()
            + ", which deletes nothing: it belongs to the modes mirror and delete");
  }
}
