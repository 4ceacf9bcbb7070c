package io.sluice.cli.option;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.cli.text.ResourceNames;
import io.sluice.config.UsageException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which resource the rows of a file are. */
public final class OneResourceOption {
  @Option(
      names = {"-r", "--resource"},
      paramLabel = "R",
      completionCandidates = ResourceNames.class,
      description = "The kind of records: ${COMPLETION-CANDIDATES}.")
  private @Nullable String name;

  /** The resource. */
  public Resource resource() {
    String wanted = name;
    if (wanted == null) {
      throw new UsageException(
          "which resource? give one with -r",
          "one of "
              + Catalog.resources().stream().map(Resource::slug).collect(Collectors.joining(", ")));
    }
    return UsageException.checked("", () -> Catalog.get(wanted));
  }
}
