package io.sluice.pipeline.imports.input;

import io.sluice.catalog.Fault;
import io.sluice.catalog.Resource;
import io.sluice.catalog.Validation;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/**
 * Notices names of records that an account has, or had, with invisible characters. They are kept as
 * they are, since a backup brings back what there was.
 */
final class InvisibleCharacterWarnings {
  private final Resource resource;
  private long count;
  private String first = "";

  InvisibleCharacterWarnings(Resource resource) {
    this.resource = resource;
  }

  /** Looks at a row with an id; others are validated. */
  void look(long line, ObjectNode record) {
    List<Fault> faults = Validation.unseen(resource, record);
    if (!faults.isEmpty() && ++count == 1) {
      first = "line " + line + ": " + faults.get(0).reason();
    }
  }

  /** In words for people. */
  List<String> warnings() {
    return count == 0
        ? List.of()
        : List.of(
            String.format(
                Locale.ROOT,
                "%,d %s with an id %s a name that is not what it seems to be, and is kept as it is"
                    + " (the first is %s)",
                count,
                count == 1 ? "row" : "rows",
                count == 1 ? "has" : "have",
                first));
  }
}
