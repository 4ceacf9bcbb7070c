package io.sluice.catalog;

/** A property of a {@link Field} beyond its type. A field may have several. */
public enum Trait {
  /** Must be given when a record is created. */
  REQUIRED,
  /** Present in every record that the API gives. */
  PROMISED,
  /** Given by the API, never sent to it. */
  READ_ONLY,
  /** Past its end of life: read from old backups, never sent; see {@link Field#successor()}. */
  DEPRECATED,
  /** The JSON value {@code null} is legal when read. */
  NULL_READ,
  /** The JSON value {@code null} is legal when read and when sent. */
  NULLABLE,
  /** Its value names something inside one account and means nothing in another. */
  ACCOUNT_BOUND,
  /** A flag that counts as {@code false} in a new record that does not give it. */
  FALSE_IF_ABSENT,
  /** When the record ends, by the API's own account. */
  EXPIRY,
  /** The comment that people write about the record, in their own words. */
  COMMENT,
  /** An array whose order carries no meaning. */
  UNORDERED
}
