package io.sluice.format.json;

import io.sluice.catalog.CommentTag;
import io.sluice.catalog.Field;
import io.sluice.catalog.Resource;
import io.sluice.format.FieldNames;
import io.sluice.format.InputException;
import io.sluice.format.InputOptions;
import io.sluice.format.OptionNames;
import io.sluice.format.text.Excerpt;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the names in a JSON record mean. Names are exact, unless they are mapped. */
final class JsonFields {
  private final Map<String, Field> byName = new HashMap<>();
  private final Set<String> parents = new HashSet<>();
  private final Set<String> ignored = new HashSet<>();
  private final Set<String> unseen = new LinkedHashSet<>();
  private final Map<String, String> renamed = new LinkedHashMap<>();

  private JsonFields() {}

  /**
   * @param options with the field of a name, by name; empty to leave it out
   * @throws InputException if there is no such field
   */
  static JsonFields of(Resource resource, InputOptions options) throws InputException {
    JsonFields fields = new JsonFields();
    for (Field field : resource.fields()) {
      fields.byName.put(field.path(), field);
      String parent = field.parent();
      if (parent != null) {
        fields.parents.add(parent);
      }
    }
    CommentTag.expires(resource).ifPresent(expires -> fields.byName.put(expires.path(), expires));
    FieldNames names = new FieldNames(resource);
    for (Map.Entry<String, String> entry : options.mapping().entrySet()) {
      fields.map(options.names(), entry.getKey(), entry.getValue(), names);
    }
    return fields;
  }

  /** The place of a value, by {@code parent.name} for a nested one; null if nobody knows it. */
  @Nullable Field field(String path) {
    return byName.get(path);
  }

  /** Takes note that a record has that name. */
  void see(String name) {
    if (!unseen.isEmpty()) {
      unseen.remove(name);
    }
  }

  /** The mapped names that no record has had. */
  Set<String> unseen() {
    return unseen;
  }

  /** Whether fields live inside an object of that name. */
  boolean isParent(String name) {
    return parents.contains(name);
  }

  /** Whether the name is to be passed over without a word. */
  boolean isIgnored(String name) {
    return name.startsWith("_") || ignored.contains(name);
  }

  /** The mapped names, by the paths of their fields. */
  Map<String, String> renamed() {
    return renamed;
  }

  private void map(OptionNames options, String name, String target, FieldNames names)
      throws InputException {
    unseen.add(name);
    byName.remove(name);
    parents.remove(name);
    if (target.isBlank()) {
      ignored.add(name);
    } else {
      Field field = names.named(options.of("map") + " " + Excerpt.of(name), target);
      byName.put(name, field);
      renamed.put(field.path(), name);
    }
  }
}
