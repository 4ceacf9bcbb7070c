package io.sluice.catalog;

/**
 * Something wrong with a record, found without asking the API.
 *
 * @param field the field's path
 * @param value the offending value as text, shortened to 80 characters
 * @param reason what is wrong with it, in words that say what would be right
 */
public record Fault(String field, String value, String reason) {
  private static final int SHOWN = 80;

  static Fault of(String field, String value, String reason) {
    String shown = value.length() <= SHOWN ? value : value.substring(0, SHOWN - 1) + "…";
    return new Fault(field, shown, reason);
  }
}
