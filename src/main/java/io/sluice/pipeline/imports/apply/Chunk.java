package io.sluice.pipeline.imports.apply;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.BatchRequest;
import io.sluice.api.ItemPointer;
import io.sluice.report.Action;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes of one kind, on their way together.
 *
 * @param rounds how often it was sent before, with more in it
 */
record Chunk(List<PendingChange> items, int rounds) {
  Action action() {
    return items.get(0).change().action();
  }

  /** What is left of it. */
  Chunk of(List<PendingChange> fewer) {
    return new Chunk(fewer, rounds + 1);
  }

  /** When the first call for any of it was sent, by {@link System#nanoTime()}. */
  long firstSentNanos() {
    long first = items.get(0).stats().firstSentNanos();
    for (PendingChange item : items) {
      long other = item.stats().firstSentNanos();
      first = other - first < 0 ? other : first;
    }
    return first;
  }

  BatchRequest request() {
    List<ObjectNode> bodies = new ArrayList<>(items.size());
    List<String> ids = new ArrayList<>();
    for (PendingChange item : items) {
      Change change = item.change();
      if (change.action() == Action.CREATE) {
        bodies.add(change.body());
      } else if (change.action() == Action.UPDATE) {
        bodies.add(change.body().deepCopy().put("id", change.id()));
      } else {
        ids.add(String.valueOf(change.id()));
      }
    }
    return switch (action()) {
      case CREATE -> BatchRequest.posts(bodies);
      case UPDATE -> BatchRequest.patches(bodies);
      default -> BatchRequest.deletes(ids);
    };
  }

  /** The changes that the errors of a refusal point at, each with the first that does. */
  IdentityHashMap<PendingChange, ApiError> pointedAt(ApiException refusal) {
    String list =
        switch (action()) {
          case CREATE -> "posts";
          case UPDATE -> "patches";
          default -> "deletes";
        };
    IdentityHashMap<PendingChange, ApiError> guilty = new IdentityHashMap<>();
    for (ApiError error : refusal.errors()) {
      ItemPointer.of(error.pointer())
          .filter(at -> at.list().equals(list) && at.index() < items.size())
          .ifPresent(at -> guilty.putIfAbsent(items.get(at.index()), error));
    }
    return guilty;
  }
}
