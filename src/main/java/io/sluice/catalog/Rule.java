package io.sluice.catalog;

import io.sluice.catalog.pattern.PatternSyntax;
import io.sluice.catalog.pattern.PatternType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A check of a record that needs more than one field's type to decide. */
public sealed interface Rule {

  /**
   * The field holds an address, a domain or an IP pattern, or a regular expression.
   *
   * @param field the field that holds the pattern
   * @param typeField the field that names the type, or null if the type never changes
   * @param type the type, where no field names it
   * @param regexField the flag that makes the pattern a Java regular expression, or null
   */
  record Pattern(
      String field, @Nullable String typeField, PatternType type, @Nullable String regexField)
      implements Rule {

    /** True if the record says that its pattern is a regular expression. */
    public boolean isRegex(ObjectNode record) {
      return regexField != null && record.path(regexField).asBoolean(false);
    }

    /** What the record's pattern matches; UNKNOWN if it names no type, or none that is known. */
    public PatternType typeIn(ObjectNode record) {
      if (typeField == null) {
        return type;
      }
      String given = record.path(typeField).asString("").toUpperCase(Locale.ROOT);
      return switch (given) {
        case "EMAIL" -> PatternType.EMAIL;
        case "DOMAIN" -> PatternType.DOMAIN;
        case "IP" -> PatternType.IP;
        default -> PatternType.UNKNOWN;
      };
    }

    static Pattern typed(String field, String typeField, String regexField) {
      return new Pattern(field, typeField, PatternType.UNKNOWN, regexField);
    }

    static Pattern fixed(String field, PatternType type, @Nullable String regexField) {
      return new Pattern(field, null, type, regexField);
    }
  }

  /**
   * The field holds a regular expression, whatever else the record says. Where it is the key, case
   * matters in it.
   */
  record Expression(String field, Syntax syntax) implements Rule {
    /** Which regular expressions there are. */
    public enum Syntax {
      /** Those of {@code java.util.regex}, for URLs. */
      URL,
      /** Those of blocked content, which are fewer. */
      CONTENT
    }

    /** Why such an expression can match nothing that it is held against, or null if it may. */
    public @Nullable String unmatchable(String text) {
      return syntax == Syntax.URL ? PatternSyntax.matchesNoUrl(text) : null;
    }

    /** The fault of a text as such an expression, or null. */
    public @Nullable String wrong(String text) {
      return syntax == Syntax.URL
          ? PatternSyntax.urlExpression(text)
          : PatternSyntax.contentExpression(text);
    }
  }

  /**
   * A record whose field holds anything but {@code writable} is kept by someone else: it can be
   * read, never written.
   *
   * @param field the field that tells
   * @param writable the one value, besides null and absent, that a client may write
   * @param reason who keeps such records, for people
   */
  record KeptElsewhere(String field, String writable, String reason) implements Rule {}
}
