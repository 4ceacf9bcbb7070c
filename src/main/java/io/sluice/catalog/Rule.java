package io.sluice.catalog;

import org.jspecify.annotations.Nullable;

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

    static Pattern typed(String field, String typeField, String regexField) {
      return new Pattern(field, typeField, PatternType.UNKNOWN, regexField);
    }

    static Pattern fixed(String field, PatternType type, @Nullable String regexField) {
      return new Pattern(field, null, type, regexField);
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
