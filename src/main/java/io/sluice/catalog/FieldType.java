package io.sluice.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values that a field may hold, with its limits. Lengths are in characters (code points). */
public sealed interface FieldType {

  /** Free text of {@code min} to {@code max} characters. */
  record Text(int min, int max) implements FieldType {}

  /** {@code true} or {@code false}. */
  record Flag() implements FieldType {}

  /** A whole number from {@code min} to {@code max}. */
  record Whole(long min, long max) implements FieldType {}

  /** One of {@code values}, compared without regard to case; {@code readable} may only be read. */
  record Choice(List<String> values, List<String> readable) implements FieldType {
    /** The value in the catalogue's spelling; an unknown one as it is. */
    public String spelled(String value) {
      String known = in(values, value);
      String read = known == null ? reads(value) : known;
      return read == null ? value : read;
    }

    /** True if the value may be written. */
    public boolean has(String value) {
      return in(values, value) != null;
    }

    /** A value that may only be read, in the catalogue's spelling; null if it is none of these. */
    public @Nullable String reads(String value) {
      return in(readable, value);
    }

    private static @Nullable String in(List<String> known, String value) {
      for (String one : known) {
        if (one.equalsIgnoreCase(value)) {
          return one;
        }
      }
      return null;
    }
  }

  /** A point in time, RFC 3339. */
  record Timestamp() implements FieldType {}

  /** An opaque identifier; the API has sent both strings and numbers. */
  record Identifier() implements FieldType {}

  /** A domain name; internationalised ones too. */
  record DomainName() implements FieldType {}

  /** An IPv4 or IPv6 address or CIDR block. */
  record Cidr() implements FieldType {}

  /** An array of {@code min} to {@code max} values. */
  record Many(FieldType of, int min, int max) implements FieldType {}

  /** This type in a few words, limits included, for people. */
  default String describe() {
    if (this instanceof Text text) {
      return text.max() == Integer.MAX_VALUE ? "text" : "text " + text.min() + ".." + text.max();
    } else if (this instanceof Flag) {
      return "true|false";
    } else if (this instanceof Whole whole) {
      return whole.max() == Long.MAX_VALUE
          ? "whole number"
          : "whole number " + whole.min() + ".." + whole.max();
    } else if (this instanceof Choice choice) {
      return String.join("|", choice.values());
    } else if (this instanceof Timestamp) {
      return "timestamp";
    } else if (this instanceof Identifier) {
      return "identifier";
    } else if (this instanceof DomainName) {
      return "domain name";
    } else if (this instanceof Cidr) {
      return "IP address or CIDR block";
    } else if (this instanceof Many many) {
      String bounds = many.max() == Integer.MAX_VALUE ? "" : many.min() + ".." + many.max() + " ";
      return "list of " + bounds + "(" + many.of().describe() + ")";
    }
    throw new AssertionError(this);
  }
}
