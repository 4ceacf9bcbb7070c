package io.sluice.sandbox.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sluice.catalog.Field;
import io.sluice.catalog.FieldType;
import io.sluice.catalog.Resource;
import io.sluice.catalog.Rule;
import io.sluice.catalog.Trait;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Plausible records in any number, made from the catalogue: a template per type of pattern, filled
 * in. Record n was created n seconds after the beginning of 2024 and has a key that holds n.
 */
public final class Seed {
  private static final Instant BEGINNING = Instant.parse("2024-01-01T00:00:00Z");
  private static final String ID = "\u0001";
  private static final String TIME = "\u0002";
  private static final String KEY = "\u0003";
  private static final String BETWEEN_PARTS = "(?<=[\u0001-\u0003])|(?=[\u0001-\u0003])";
  private static final List<String> TYPES = List.of("EMAIL", "EMAIL", "EMAIL", "DOMAIN", "IP");

  private final Resource resource;
  private final IdGenerator ids;
  private final int first;
  private final boolean people;
  private final boolean typed;
  private int minute = -1;
  private String minuteText = "";
  private final List<String[]> templates = new ArrayList<>();

  public Seed(Resource resource, IdGenerator ids, int first) {
    this.resource = resource;
    this.ids = ids;
    this.first = first;
    this.people = resource.key().contains("email");
    this.typed = resource.key().contains("pattern_type");
    for (String type : TYPES) {
      templates.add(template(type).split(BETWEEN_PARTS, -1));
    }
  }

  /** Makes {@code count} rows, in the order of their creation. */
  public void rows(int count, Consumer<Row> consumer) {
    for (int n = first; n < first + count; n++) {
      consumer.accept(row(n));
    }
  }

  private Row row(int n) {
    int kind = n % TYPES.size();
    String id = ids.id();
    Instant time = BEGINNING.plusSeconds(n);
    String at = text(n);
    String key = key(TYPES.get(kind), n);
    StringBuilder json = new StringBuilder(384);
    for (String part : templates.get(kind)) {
      json.append(
          switch (part) {
            case ID -> id;
            case TIME -> at;
            case KEY -> key;
            default -> part;
          });
    }
    List<String> keys = new ArrayList<>(2);
    for (String name : resource.key()) {
      keys.add(
          name.endsWith("_type") ? TYPES.get(kind) : name.equals("name") ? "Person " + key : key);
    }
    byte[] bytes = json.toString().getBytes(ISO_8859_1);
    return new Row(bytes, HashIndex.hash(id), Row.keyHash(keys), Row.nanos(time), id);
  }

  /** As {@link Instant#toString()}, which is worked out once a minute. */
  private String text(int n) {
    if (n / 60 != minute) {
      minute = n / 60;
      minuteText = BEGINNING.plusSeconds(minute * 60L).toString().substring(0, 17);
    }
    int second = n % 60;
    return minuteText + (second < 10 ? "0" : "") + second + "Z";
  }

  private String key(String type, int n) {
    if (people) {
      return "person" + n + "@example.com";
    } else if (!typed || type.equals("DOMAIN")) {
      return "d" + n + ".example.net";
    } else if (type.equals("IP")) {
      return "2001:db8:"
          + Integer.toHexString(n >>> 16)
          + ":"
          + Integer.toHexString(n & 0xFFFF)
          + "::/64";
    }
    return "user" + n + "@mail.example.com";
  }

  private String template(String type) {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("id", '"' + ID + '"');
    resource.fields().stream()
        .filter(field -> !field.is(Trait.DEPRECATED))
        .sorted(Comparator.comparing(Field::path))
        .forEach(field -> put(members, field.path(), value(field, type)));
    return join(members);
  }

  private String value(Field field, String type) {
    String name = field.path();
    if (resource.key().contains(name)) {
      return name.endsWith("_type")
          ? '"' + type + '"'
          : name.equals("name") ? "\"Person " + KEY + '"' : '"' + KEY + '"';
    } else if (name.equals("id")) {
      return '"' + ID + '"';
    } else if (keptElsewhere(name)) {
      return "\"A1S_INTERNAL\"";
    } else if (field.nullable()) {
      return "null";
    }
    return plausible(field.type());
  }

  private boolean keptElsewhere(String name) {
    return resource.rules().stream()
        .anyMatch(rule -> rule instanceof Rule.KeptElsewhere kept && kept.field().equals(name));
  }

  private static String plausible(FieldType type) {
    if (type instanceof FieldType.Timestamp) {
      return '"' + TIME + '"';
    } else if (type instanceof FieldType.Flag) {
      return "false";
    } else if (type instanceof FieldType.Whole whole) {
      return Long.toString(Math.max(0, whole.min()));
    } else if (type instanceof FieldType.Choice choice) {
      return '"' + choice.values().get(0) + '"';
    } else if (type instanceof FieldType.Many many) {
      return many.of() instanceof FieldType.Choice ? '[' + plausible(many.of()) + ']' : "[]";
    } else if (type instanceof FieldType.Text text && text.min() > 0) {
      return "\"urgent invoice\"";
    }
    return "\"\"";
  }

  private static void put(Map<String, String> members, String path, String value) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      members.put(path, value);
      return;
    }
    String parent = path.substring(0, dot);
    String member = '"' + path.substring(dot + 1) + "\":" + value;
    members.merge(
        parent,
        '{' + member + '}',
        (before, same) -> before.substring(0, before.length() - 1) + ',' + member + '}');
  }

  private static String join(Map<String, String> members) {
    List<String> parts = new ArrayList<>();
    members.forEach((name, value) -> parts.add('"' + name + "\":" + value));
    return '{' + String.join(",", parts) + '}';
  }
}
