package io.sluice.pipeline.imports.apply;

import io.sluice.api.BatchAnswer;
import io.sluice.catalog.Resource;
import io.sluice.plan.Key;
import io.sluice.report.Action;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Finds each change of a batch in its answer, whose order promises nothing. */
final class BatchResults {
  private final Resource resource;
  private final Map<List<String>, String> exact = new HashMap<>();
  private final Map<List<String>, String> folded = new HashMap<>();
  private final Set<String> ids = new HashSet<>();
  private final boolean told;

  BatchResults(Resource resource, BatchAnswer answer, Action action) {
    this.resource = resource;
    List<ObjectNode> records =
        switch (action) {
          case CREATE -> answer.posts();
          case UPDATE -> answer.patches();
          default -> answer.deletes();
        };
    this.told = action != Action.DELETE || !records.isEmpty();
    for (ObjectNode record : records) {
      String id = record.path("id").asString("");
      ids.add(id);
      Key.of(resource, record)
          .ifPresent(
              key -> {
                exact.put(key.exact(), id);
                folded.put(key.folded(), id);
              });
    }
  }

  /** The record of the change, or null if the answer does not tell of it. */
  @Nullable String id(Change change) {
    if (change.action() == Action.CREATE) {
      Key key = Key.of(resource, change.body()).orElse(null);
      String id = key == null ? null : exact.get(key.exact());
      return id != null || key == null ? id : folded.get(key.folded());
    }
    // What a successful answer says of deletes is nowhere promised.
    return ids.contains(String.valueOf(change.id())) || !told ? change.id() : null;
  }
}
