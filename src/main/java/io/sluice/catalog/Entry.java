package io.sluice.catalog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes one {@link Resource} down. The fields that every resource has ({@code id} and the
 * timestamps) come by themselves.
 */
final class Entry {
  private final String name;
  private final String idParameter;
  private final String about;
  private final List<String> key;
  private final List<Field> fields = new ArrayList<>();
  private final List<Rule> rules = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();
  private final List<String> filters = new ArrayList<>();
  private final Set<Ability> abilities = EnumSet.noneOf(Ability.class);
  private List<String> orders = List.of();
  private List<String> timestamps = List.of("created_at", "modified_at", "last_modified");
  private boolean byPackage;
  private @Nullable Protection protection;

  private Entry(String name, String idParameter, String key, String about) {
    this.name = name;
    this.key = List.of(key.split("\\+"));
    this.idParameter = idParameter;
    this.about = about;
    fields.add(Field.field("id", new FieldType.Identifier(), Trait.READ_ONLY));
  }

  /** Begins an entry; {@code key} names the fields of the natural key, joined by {@code +}. */
  static Entry of(String name, String idParameter, String key, String about) {
    return new Entry(name, idParameter, key, about);
  }

  Entry can(Ability... can) {
    abilities.addAll(Arrays.asList(can));
    return this;
  }

  /** The API promises an id with every record. */
  Entry promisesId() {
    fields.set(0, Field.field("id", new FieldType.Identifier(), Trait.READ_ONLY, Trait.PROMISED));
    return this;
  }

  /** Such records protect; {@code place} orders them among those that do, from 1. */
  Entry protects(int place) {
    protection = new Protection(Protection.Effect.PROTECTS, place);
    return this;
  }

  /** Such records exempt from protection; {@code place} orders them among those that do, from 1. */
  Entry exempts(int place) {
    protection = new Protection(Protection.Effect.EXEMPTS, place);
    return this;
  }

  /** An account whose package does not include such records lacks them. */
  Entry byPackage() {
    byPackage = true;
    return this;
  }

  /** The timestamps of such records, where they are not the usual three. */
  Entry timestamps(String... names) {
    timestamps = List.of(names);
    return this;
  }

  Entry orders(String... by) {
    orders = List.of(by);
    return this;
  }

  /**
   * Query parameters of the listing; one that ends in {@code *} may be given several times. Each
   * compares the field of its name, or finds an element of the field of that name in the plural;
   * {@code name=field} says which field otherwise.
   */
  Entry filters(String... names) {
    filters.addAll(Arrays.asList(names));
    return this;
  }

  private Filter filter(String text) {
    int equals = text.indexOf('=');
    String parameter = (equals < 0 ? text : text.substring(0, equals)).replace("*", "");
    if (parameter.equals("search")) {
      return new Filter(parameter, false, null);
    }
    List<String> paths =
        equals < 0
            ? List.of(parameter, parameter + "s")
            : List.of(text.substring(equals + 1).replace("*", ""));
    return fields.stream()
        .filter(field -> paths.contains(field.path()))
        .findFirst()
        .map(field -> new Filter(parameter, text.endsWith("*"), field))
        .orElseThrow(
            () -> new IllegalStateException(name + " has no field for the filter " + parameter));
  }

  Entry fields(Field... these) {
    fields.addAll(Arrays.asList(these));
    return this;
  }

  Entry reads(FieldType type, String... paths) {
    for (String path : paths) {
      fields.add(Field.field(path, type, Trait.READ_ONLY, Trait.NULL_READ));
    }
    return this;
  }

  Entry rule(Rule rule) {
    rules.add(rule);
    return this;
  }

  /** The effect of every such record on the messages that it matches. */
  Entry does(Effect.Action action, Effect.Party party, String says) {
    effects.add(new Effect(null, null, action, party, says));
    return this;
  }

  /** The same, where the flag of that name is set. */
  Entry does(String flag, Effect.Action action, Effect.Party party, String says) {
    effects.add(new Effect(flag, null, action, party, says));
    return this;
  }

  /** These effects. */
  Entry does(Effect... these) {
    effects.addAll(Arrays.asList(these));
    return this;
  }

  /** Such records protect, and name what is the account's own; {@code place} as above. */
  Entry owns(int place, String says) {
    return protects(place).does(Effect.Action.OWNS, Effect.Party.RECIPIENT, says);
  }

  Resource build() {
    for (String timestamp : timestamps) {
      fields.add(Field.field(timestamp, new FieldType.Timestamp(), Trait.READ_ONLY));
    }
    return new Resource(
        name,
        idParameter,
        about,
        key,
        List.copyOf(fields),
        Set.copyOf(abilities),
        Objects.requireNonNull(protection, name + " needs its place in the order of protection"),
        orders,
        filters.stream().map(this::filter).toList(),
        List.copyOf(rules),
        List.copyOf(effects),
        byPackage);
  }
}
