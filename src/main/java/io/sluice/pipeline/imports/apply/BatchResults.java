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

/**
 * Finds each change of a batch in its answer, whose order promises nothing, though it mostly is the
 * order of what was sent.
 */
final class BatchResults {
  private final Resource resource;
  private final List<ObjectNode> records;
  private final Set<String> ids = new HashSet<>();
  private final boolean told;
  private @Nullable Keys keys;

  /** The ids of the answer's records by their keys. */
  private record Keys(Map<List<String>, String> exact, Map<List<String>, String> folded) {}

  BatchResults(Resource resource, BatchAnswer answer, Action action) {
    this.resource = resource;
    this.records =
        switch (action) {
          case CREATE -> answer.posts();
          case UPDATE -> answer.patches();
          default -> answer.deletes();
        };
    this.told = action != Action.DELETE || !records.isEmpty();
    if (action != Action.CREATE) {
      records.forEach(record -> ids.add(id(record)));
    }
  }

  /**
   * The record of a change, or null if the answer does not tell of it.
   *
   * @param place where among the changes that were sent it is
   */
  @Nullable String id(int place, Change change) {
    if (change.action() == Action.CREATE) {
      boolean inOrder =
          place < records.size() && Key.alike(resource, change.body(), records.get(place));
      return inOrder ? id(records.get(place)) : byKey(change);
    }
    // What a successful answer says of deletes is nowhere promised.
    return ids.contains(String.valueOf(change.id())) || !told ? change.id() : null;
  }

  private @Nullable String byKey(Change change) {
    Key key = Key.of(resource, change.body()).orElse(null);
    if (key == null) {
      return null;
    }
    if (keys == null) {
      keys = keys();
    }
    String id = keys.exact().get(key.exact());
    return id != null ? id : keys.folded().get(key.folded());
  }

  private Keys keys() {
    Keys all = new Keys(new HashMap<>(), new HashMap<>());
    for (ObjectNode record : records) {
      Key.of(resource, record)
          .ifPresent(
              key -> {
                all.exact().put(key.exact(), id(record));
                all.folded().put(key.folded(), id(record));
              });
    }
    return all;
  }

  private static String id(ObjectNode record) {
    return record.path("id").asString("");
  }
}
