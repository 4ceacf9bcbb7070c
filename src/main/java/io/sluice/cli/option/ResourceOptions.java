package io.sluice.cli.option;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.cli.text.ResourceNames;
import io.sluice.config.UsageException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which resources a command works on. */
public final class ResourceOptions extends OptionGroup {
  public final Value<List<String>> names =
      list(
              "-r, --resource",
              "R",
              String.class,
              "The kinds of records: ${COMPLETION-CANDIDATES}; repeatable, or separated by "
                  + "commas; default: all.")
          .completedBy(new ResourceNames())
          .or(List.of());

  private static Resource resource(String given, String name) {
    if (name.isEmpty()) {
      throw new UsageException(
          "-r " + given + ": a name is missing beside a comma",
          "take the comma out, or was a variable empty?");
    }
    return UsageException.checked("", () -> Catalog.get(name));
  }

  /** The resources that were named, in that order; none if none was. */
  public List<Resource> named() {
    return names.get().isEmpty() ? List.of() : resources();
  }

  /** The resources that were named, in that order; all if none was. */
  public List<Resource> resources() {
    if (names.get().isEmpty()) {
      return Catalog.resources();
    }
    Set<Resource> chosen = new LinkedHashSet<>();
    for (String given : names.get()) {
      for (String name : given.split(",", -1)) {
        chosen.add(resource(given, name.strip()));
      }
    }
    return List.copyOf(chosen);
  }
}
