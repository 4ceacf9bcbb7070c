package io.sluice.api;

import io.sluice.catalog.Resource;
import io.sluice.catalog.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * Decides about a page on which records have no id. Source: Cloudflare's published API reference:
 * only some kinds promise it, so where it is not promised such a record is taken as it is, with a
 * word to the user; but what has nothing that tells it apart is no record.
 */
final class RecordsWithoutId {
  private static final int MOST_NAMES = 8;
  private static final int LONGEST_NAME = 40;

  private RecordsWithoutId() {}

  /**
   * What there is to say to people, {@code messages} included.
   *
   * @throws UnexpectedShape if the kind promises an id, or a record lacks its natural key as well;
   *     it names the record's fields, not their values
   */
  static List<String> in(Page page, Resource resource, List<String> messages) {
    boolean promised = resource.field("id").filter(id -> id.is(Trait.PROMISED)).isPresent();
    for (int i = 0; i < page.count(); i++) {
      ObjectNode record = page.record(i);
      boolean keyed = resource.key().stream().anyMatch(record::hasNonNull);
      if (!hasId(record) && (promised || !keyed)) {
        throw new UnexpectedShape(
            "record "
                + (i + 1)
                + " of page "
                + page.number()
                + " has no 'id'"
                + (keyed ? "" : " and no '" + String.join("', '", resource.key()) + "'")
                + "; "
                + fields(record));
      }
    }
    List<String> all = new ArrayList<>(messages);
    all.add(
        "no id for some records of "
            + resource
            + ": they are kept as they are, but cannot be changed or deleted");
    return all;
  }

  private static boolean hasId(ObjectNode record) {
    return record.path("id").isValueNode() && !record.path("id").isNull();
  }

  private static String fields(ObjectNode record) {
    if (record.isEmpty()) {
      return "it is empty";
    }
    String names =
        record.propertyNames().stream()
            .limit(MOST_NAMES)
            .map(n -> n.length() <= LONGEST_NAME ? n : n.substring(0, LONGEST_NAME) + "…")
            .collect(Collectors.joining(", "));
    return "it holds " + names + (record.size() > MOST_NAMES ? " and more" : "");
  }
}
