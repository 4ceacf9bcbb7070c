package io.sluice.plan;

import io.sluice.catalog.Defaults;
import io.sluice.catalog.NaturalKey;
import io.sluice.catalog.Resource;
import io.sluice.catalog.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A record's natural key as rows and records are matched by it. A pattern's type that is not given
 * is inferred, and the case of a choice never matters.
 *
 * @param exact the key's values as they are spelled
 * @param folded the same in the one spelling that stands for all; and last, whether the pattern is
 *     a regular expression, since one that reads like a plain pattern is not the same
 */
public record Key(List<String> exact, List<String> folded) {

  /** The key of a record or a row; empty if it lacks a field of it. */
  public static Optional<Key> of(Resource resource, ObjectNode record) {
    Rule.Pattern pattern = resource.pattern();
    boolean complete =
        pattern == null || pattern.typeField() == null || record.has(pattern.typeField());
    return in(resource, complete ? record : view(resource, record, record));
  }

  /** The key that a record would have with the row's values in it. */
  public static Optional<Key> of(Resource resource, ObjectNode row, ObjectNode held) {
    return in(resource, view(resource, row, held));
  }

  /** True if the row gives nothing of the key but what the record holds: the quick way to know. */
  public static boolean restated(Resource resource, ObjectNode row, ObjectNode held) {
    return eachField(
        resource,
        field -> {
          JsonNode given = row.get(field);
          return given == null || given.equals(held.get(field));
        });
  }

  /** True if both give every field that a key follows from, and the same: the quick way to know. */
  public static boolean alike(Resource resource, ObjectNode one, ObjectNode other) {
    return eachField(
        resource,
        field -> {
          JsonNode value = one.get(field);
          return value != null && value.equals(other.get(field));
        });
  }

  /** True if the two differ by their spelling at most. */
  boolean means(Key other) {
    return exact.equals(other.exact) || folded.equals(other.folded);
  }

  /** The key on one line, for people. */
  @Override
  public String toString() {
    return String.join(" ", exact);
  }

  private static Optional<Key> in(Resource resource, ObjectNode view) {
    Defaults.inferType(resource, view);
    return NaturalKey.of(resource, view).map(key -> regexApart(resource, view, key));
  }

  private static Key regexApart(Resource resource, ObjectNode view, NaturalKey key) {
    List<String> folded = new ArrayList<>(key.folded());
    folded.add(NaturalKey.isRegex(resource, view) ? "regex" : "");
    return new Key(key.exact(), List.copyOf(folded));
  }

  private static ObjectNode view(Resource resource, ObjectNode row, ObjectNode held) {
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    eachField(
        resource,
        field -> {
          JsonNode given = row.get(field);
          JsonNode value = given == null ? held.get(field) : given;
          if (value != null) {
            view.set(field, value);
          }
          return true;
        });
    return view;
  }

  /** Shows every field that a key follows from, some twice, until the visitor has enough. */
  private static boolean eachField(Resource resource, Predicate<String> visitor) {
    for (String field : resource.key()) {
      if (!visitor.test(field)) {
        return false;
      }
    }
    Rule.Pattern pattern = resource.pattern();
    return pattern == null
        || ((pattern.typeField() == null || visitor.test(pattern.typeField()))
            && (pattern.regexField() == null || visitor.test(pattern.regexField())));
  }
}
