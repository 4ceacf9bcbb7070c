package io.sluice.catalog;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One field of a resource.
 *
 * @param path its JSON name; {@code parent.child} for a value inside a nested object
 * @param type what it may hold
 * @param traits how it may be used
 * @param successor the field that took its place, for a deprecated one
 * @param aliases other column headers that mean this field, the dashboard's above all
 */
public record Field(
    String path,
    FieldType type,
    Set<Trait> traits,
    @Nullable String successor,
    List<String> aliases) {

  static Field field(String path, FieldType type, Trait... traits) {
    Set<Trait> set = EnumSet.noneOf(Trait.class);
    set.addAll(Arrays.asList(traits));
    return new Field(path, type, set, null, List.of());
  }

  static Field text(String path, int min, int max, Trait... traits) {
    return field(path, new FieldType.Text(min, max), traits);
  }

  static Field flag(String path, Trait... traits) {
    return field(path, new FieldType.Flag(), traits);
  }

  /** A flag whose end of life has passed and whose meaning {@code successor} carries now. */
  static Field replaced(String path, String successor) {
    Set<Trait> traits = EnumSet.of(Trait.DEPRECATED);
    return new Field(path, new FieldType.Flag(), traits, successor, List.of());
  }

  Field alias(String... headers) {
    return new Field(path, type, traits, successor, List.of(headers));
  }

  /** True if this field has the trait. */
  public boolean is(Trait trait) {
    return traits.contains(trait);
  }

  /** True if a client may send this field when it creates or edits a record. */
  public boolean writable() {
    return !is(Trait.READ_ONLY) && !is(Trait.DEPRECATED);
  }

  /** True if {@code null} is a legal value to send. */
  public boolean nullable() {
    return is(Trait.NULLABLE);
  }

  /** The nested object that holds this field in a record; null if the record itself does. */
  public @Nullable String parent() {
    int dot = path.indexOf('.');
    return dot < 0 ? null : path.substring(0, dot);
  }

  private String name() {
    return path.substring(path.indexOf('.') + 1);
  }

  /** Puts a value in its place in a record; makes the parent object where it is missing. */
  public void put(ObjectNode record, JsonNode value) {
    String parent = parent();
    ObjectNode holder = record;
    if (parent != null) {
      holder = record.get(parent) instanceof ObjectNode nested ? nested : record.putObject(parent);
    }
    holder.set(name(), value);
  }

  /** True if the record says anything of this field; a null, the parent's too, is something. */
  public boolean isGiven(ObjectNode record) {
    String parent = parent();
    JsonNode holder = parent == null ? record : record.get(parent);
    return holder != null && (!holder.isObject() || holder.has(name()));
  }

  /** This field's value in a record, or null where the record, or its parent object, lacks it. */
  public @Nullable JsonNode in(ObjectNode record) {
    if (path.indexOf('.') < 0) {
      return record.get(path);
    }
    JsonNode node = record;
    for (String name : path.split("\\.", -1)) {
      node = node.get(name);
      if (node == null) {
        return null;
      }
    }
    return node;
  }
}
