package io.sluice.cli.option;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.cli.text.ResourceNames;
import io.sluice.config.UsageException;
import java.util.stream.Collectors;

/** Which resource the rows of a file are. */
public final class OneResourceOption extends OptionGroup {
  private final Value<String> name =
      text("-r, --resource", "R", "The kind of records: ${COMPLETION-CANDIDATES}.")
          .completedBy(new ResourceNames());

  /** The resource. */
  public Resource resource() {
    String wanted = name.orNull();
    if (wanted == null) {
      throw new UsageException(
          "which resource? give one with -r",
          "one of "
              + Catalog.resources().stream().map(Resource::slug).collect(Collectors.joining(", ")));
    }
    return UsageException.checked("", () -> Catalog.get(wanted));
  }
}
