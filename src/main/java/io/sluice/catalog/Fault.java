package io.sluice.catalog;

/**
 * Something wrong with a record, found without asking the API.
 *
 * @param field the field's path
 * @param value the offending value as text, shortened to 80 characters
 * @param reason what is wrong with it, in words that say what would be right
 */
public record Fault(String field, String value, String reason) {
  /** How the reason begins where a field is required and not given. */
  static final String REQUIRED = "required";

  private static final int SHOWN = 80;

  static Fault of(String field, String value, String reason) {
    return new Fault(field, shortened(value), reason);
  }

  /** True if the field is required and not given. */
  public boolean isMissing() {
    return reason.startsWith(REQUIRED);
  }

  /** Never cuts a surrogate pair in two. */
  private static String shortened(String value) {
    if (value.length() <= SHOWN) {
      return value;
    }
    int end = SHOWN - 1;
    return value.substring(0, Character.isHighSurrogate(value.charAt(end - 1)) ? end - 1 : end)
        + "…";
  }
}
