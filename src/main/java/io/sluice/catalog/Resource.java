package io.sluice.catalog;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One kind of setting that Email Security keeps, such as blocked senders.
 *
 * @param name its path segment in the API, such as {@code block_senders}
 * @param idParameter the API's name for the id in the path of one record
 * @param about what it is, in a few words
 * @param key the fields that together tell two records apart, besides the id
 * @param fields every known field, in the order of CSV columns
 * @param abilities what can be done with it
 * @param protection whether it protects or exempts, and when it is written
 * @param orders the fields by which a listing can be ordered
 * @param filters the parameters by which a listing can be narrowed
 * @param rules the checks that go beyond one field's type
 * @param effects what such records do to the messages that they match, as the product documents it
 * @param byPackage whether an account may lack it, which depends on the package that it has
 */
public record Resource(
    String name,
    String idParameter,
    String about,
    List<String> key,
    List<Field> fields,
    Set<Ability> abilities,
    Protection protection,
    List<String> orders,
    List<Filter> filters,
    List<Rule> rules,
    List<Effect> effects,
    boolean byPackage) {

  /**
   * The catalogue has one kind of each name. This and the hash code are spelled out, as linking
   * what records come with takes 20 ms of a start.
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Resource that && name.equals(that.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  /** Its name as the command line writes it: {@code block-senders}. */
  public String slug() {
    return name.replace('_', '-');
  }

  /** True if the API offers the ability for this resource. */
  public boolean can(Ability ability) {
    return abilities.contains(ability);
  }

  /** True if such records protect: they block, or have messages looked at more closely. */
  public boolean protects() {
    return protection.effect() == Protection.Effect.PROTECTS;
  }

  /** The field of that path, if the catalogue knows it. */
  public Optional<Field> field(String path) {
    // Asked for every row: a plain loop.
    for (Field field : fields) {
      if (field.path().equals(path)) {
        return Optional.of(field);
      }
    }
    return Optional.empty();
  }

  /** The field of old whose meaning this one carries now; empty if there was none. */
  public Optional<Field> predecessor(Field field) {
    for (Field old : fields) {
      if (old.is(Trait.DEPRECATED) && field.path().equals(old.successor())) {
        return Optional.of(old);
      }
    }
    return Optional.empty();
  }

  /** The field of the key that is not a mere type: the last. */
  public String keyText() {
    return key.get(key.size() - 1);
  }

  /** The rule for its pattern; null if such records have none. */
  public Rule.@Nullable Pattern pattern() {
    for (Rule rule : rules) {
      if (rule instanceof Rule.Pattern pattern) {
        return pattern;
      }
    }
    return null;
  }

  /** The field for what people say of a record in their own words, if there is one. */
  public Optional<Field> comment() {
    return fields.stream().filter(field -> field.is(Trait.COMMENT)).findFirst();
  }

  /** True if a listing can be asked for in the order of creation; else its order is not known. */
  public boolean listedByCreation() {
    return orders.contains("created_at");
  }

  /** True if the field holds a pattern or a regular expression. */
  public boolean isPattern(String path) {
    for (Rule rule : rules) {
      if ((rule instanceof Rule.Pattern pattern && pattern.field().equals(path))
          || (rule instanceof Rule.Expression expression && expression.field().equals(path))) {
        return true;
      }
    }
    return false;
  }

  /** True if the field holds a name that is written freely and tells records apart. */
  public boolean isName(Field field) {
    return field.type() instanceof FieldType.Text
        && key.contains(field.path())
        && !isPattern(field.path());
  }

  /** The filter of that name, if the API has it. */
  public Optional<Filter> filter(String filter) {
    return filters.stream().filter(known -> known.name().equals(filter)).findFirst();
  }

  /** The slug, which is how people write and read a resource's name. */
  @Override
  public String toString() {
    return slug();
  }
}
