package io.sluice.server.api;

import io.sluice.server.http.Answer;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Some items of a list.
 *
 * @param next what a request for the next page names; null if no more follow
 */
record ItemPage(List<?> items, @Nullable String next) {

  /** All items on one page. */
  static Answer whole(Stream<?> items) {
    return Answer.Json.ok(new ItemPage(items.toList(), null));
  }
}
