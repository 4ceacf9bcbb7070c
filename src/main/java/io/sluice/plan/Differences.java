package io.sluice.plan;

import io.sluice.catalog.Field;
import io.sluice.catalog.Resource;
import io.sluice.catalog.Rule;
import io.sluice.catalog.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Where a row and the record that it means say different things. */
public final class Differences {
  private Differences() {}

  /**
   * The fields that the row gives, that a client may write, and that the record holds otherwise, in
   * the catalogue's order. Old field names count as their successors; a value that differs in a way
   * that means nothing (a key's spelling, a choice's case, the order of a set) does not differ.
   *
   * @param origin rows of another account say nothing about fields whose values are bound to one
   */
  public static List<FieldChange> between(
      Resource resource, ObjectNode row, ObjectNode held, Origin origin) {
    Set<String> spelledOnly = keyFieldsAlike(resource, row, held);
    List<FieldChange> changes = new ArrayList<>();
    for (Field field : resource.fields()) {
      JsonNode wanted = said(resource, field, row, origin);
      if (wanted == null || spelledOnly.contains(field.path())) {
        continue;
      }
      JsonNode before = Values.in(resource, field, held);
      if (!Values.same(field, wanted, before) && !impliedBy(resource, field, wanted, before)) {
        changes.add(new FieldChange(field.path(), before, Values.spelled(field.type(), wanted)));
      }
    }
    return List.copyOf(changes);
  }

  /**
   * The fields that the row gives and that stay behind, since their values mean something in the
   * account that the row comes from, and there alone.
   */
  public static List<String> leftBehind(Resource resource, ObjectNode row, Origin origin) {
    if (origin != Origin.OTHER_ACCOUNT) {
      return List.of();
    }
    return resource.fields().stream()
        .filter(field -> field.is(Trait.ACCOUNT_BOUND))
        .filter(field -> gives(row, field))
        .map(Field::path)
        .toList();
  }

  /** The end of a record that the row gives and that no client can write; at most one field. */
  public static List<String> endLost(Resource resource, ObjectNode row) {
    return resource.fields().stream()
        .filter(field -> field.is(Trait.EXPIRY) && !field.writable())
        .filter(field -> gives(row, field))
        .map(Field::path)
        .toList();
  }

  private static boolean gives(ObjectNode row, Field field) {
    JsonNode value = field.in(row);
    return value != null && !value.isNull();
  }

  /** The body that makes these changes: the changed fields alone. */
  public static ObjectNode edit(Resource resource, List<FieldChange> changes) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    for (FieldChange change : changes) {
      resource.field(change.field()).ifPresent(field -> field.put(body, change.after()));
    }
    return body;
  }

  /** What the row says of a field that concerns this account; null if nothing. */
  static @Nullable JsonNode said(Resource resource, Field field, ObjectNode row, Origin origin) {
    boolean elsewhere = origin == Origin.OTHER_ACCOUNT && field.is(Trait.ACCOUNT_BOUND);
    return elsewhere || !field.writable() ? null : Values.in(resource, field, row);
  }

  /**
   * The fields of the key that mean the same in both, however they are spelled. What the record
   * leaves to be inferred may follow otherwise once another field of the key is changed.
   */
  private static Set<String> keyFieldsAlike(Resource resource, ObjectNode row, ObjectNode held) {
    if (Key.restated(resource, row, held)) {
      return Set.of();
    }
    Optional<Key> there = Key.of(resource, held);
    Optional<Key> here = Key.of(resource, row, held);
    if (here.isEmpty() || there.isEmpty()) {
      return Set.of();
    }
    boolean same = here.get().means(there.get());
    int last = resource.key().size();
    boolean sameKind = here.get().folded().get(last).equals(there.get().folded().get(last));
    return IntStream.range(0, last)
        .filter(i -> here.get().folded().get(i).equals(there.get().folded().get(i)))
        .filter(i -> same || held.has(resource.key().get(i)))
        // A plain pattern and a regular expression are not alike unless they are spelled alike.
        .filter(i -> sameKind || !resource.isPattern(resource.key().get(i)))
        .mapToObj(resource.key()::get)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * True if a record that does not tell its keeper is as good as one that says what clients may.
   */
  private static boolean impliedBy(
      Resource resource, Field field, JsonNode wanted, @Nullable JsonNode before) {
    if (before != null && !before.isNull()) {
      return false;
    }
    for (Rule rule : resource.rules()) {
      if (rule instanceof Rule.KeptElsewhere kept && kept.field().equals(field.path())) {
        return wanted.asString("").equalsIgnoreCase(kept.writable());
      }
    }
    return false;
  }
}
