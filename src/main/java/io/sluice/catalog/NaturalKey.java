package io.sluice.catalog;

import io.sluice.catalog.pattern.PatternType;
import io.sluice.catalog.pattern.Spelling;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The natural key of a record: the fields that identify it, besides its id.
 *
 * @param exact the values of the key's fields as they are spelled, but choices as the catalogue
 *     spells them
 * @param folded the same values in the one spelling that stands for all that mean the same: lower
 *     case, domains in A-labels, IP addresses in their canonical form, names of people in NFC.
 *     Regular expressions are never folded, those of URLs included
 */
public record NaturalKey(List<String> exact, List<String> folded) {
  private static final String BETWEEN = " ";

  /** The key of a record; empty if the record lacks one of the key's fields. */
  public static Optional<NaturalKey> of(Resource resource, ObjectNode record) {
    List<String> exact = new ArrayList<>();
    List<String> folded = new ArrayList<>();
    for (String path : resource.key()) {
      JsonNode value = record.get(path);
      if (value == null || !value.isString()) {
        return Optional.empty();
      }
      exact.add(spelled(resource, path, value.stringValue()));
      folded.add(fold(resource, path, record, value.stringValue()));
    }
    return Optional.of(new NaturalKey(List.copyOf(exact), List.copyOf(folded)));
  }

  /** The key of a record on one line, as {@link #toString} has it; empty as {@link #of} is. */
  public static Optional<String> text(Resource resource, ObjectNode record) {
    StringJoiner text = new StringJoiner(BETWEEN);
    for (String path : resource.key()) {
      JsonNode value = record.get(path);
      if (value == null || !value.isString()) {
        return Optional.empty();
      }
      text.add(spelled(resource, path, value.stringValue()));
    }
    return Optional.of(text.toString());
  }

  /** True if the record's pattern is a regular expression. */
  public static boolean isRegex(Resource resource, ObjectNode record) {
    for (Rule rule : resource.rules()) {
      if (rule instanceof Rule.Expression
          || (rule instanceof Rule.Pattern pattern && pattern.isRegex(record))) {
        return true;
      }
    }
    return false;
  }

  /** The field that says whether a pattern is a regular expression; empty if there is none. */
  public static Optional<String> regexField(Resource resource) {
    return Optional.ofNullable(resource.pattern()).map(Rule.Pattern::regexField);
  }

  /** The key on one line, as reports show it. */
  @Override
  public String toString() {
    return String.join(BETWEEN, exact);
  }

  /**
   * The spellings of the key's last value, which is no mere type, under which its record may be
   * found; its own first. Empty as {@link #of} is.
   */
  public static Set<String> spellings(Resource resource, ObjectNode record) {
    String path = resource.keyText();
    JsonNode value = record.get(path);
    if (value == null || !value.isString() || of(resource, record).isEmpty()) {
      return Set.of();
    }
    String text = value.stringValue();
    if (resource.isPattern(path) && isRegex(resource, record)) {
      return Set.of(text);
    }
    PatternType type = typeOf(resource, path, record);
    if (type != null) {
      return Spelling.usual(type, text);
    }
    Set<String> spellings = new LinkedHashSet<>(List.of(text));
    spellings.add(Spelling.name(text));
    return spellings;
  }

  private static String spelled(Resource resource, String path, String value) {
    Field field = resource.field(path).orElse(null);
    return field != null && field.type() instanceof FieldType.Choice choice
        ? choice.spelled(value)
        : value;
  }

  private static String fold(Resource resource, String path, ObjectNode record, String text) {
    if (resource.isPattern(path) && isRegex(resource, record)) {
      return text;
    }
    PatternType type = typeOf(resource, path, record);
    return type == null ? Spelling.name(text) : Spelling.folded(type, text);
  }

  /** What the field's value matches; null for a field that holds no pattern and no domain. */
  private static @Nullable PatternType typeOf(Resource resource, String path, ObjectNode record) {
    Rule.Pattern pattern = resource.pattern();
    if (pattern != null && pattern.field().equals(path)) {
      return pattern.typeIn(record);
    }
    boolean domain =
        resource.field(path).filter(f -> f.type() instanceof FieldType.DomainName).isPresent();
    return domain ? PatternType.DOMAIN : null;
  }
}
