package io.sluice.catalog.pattern;

/** The types of patterns, by the API's names. */
public enum PatternType {
  /** A mail address. */
  EMAIL,
  /** A domain name. */
  DOMAIN,
  /** An IP address or CIDR block. */
  IP,
  /** Found in old records; may be read, never written. */
  UNKNOWN
}
