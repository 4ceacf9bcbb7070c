package io.sluice.format;

import java.util.Locale;

/** How the rows of a file are written. */
public enum RowFormat {
  /** One JSON record a line, as the API gave it. */
  JSONL,
  /** RFC 4180 with a header row, one column for each field of the catalogue. */
  CSV;

  /** The format of that name, in any case. */
  public static RowFormat named(String name) {
    for (RowFormat format : values()) {
      if (format.extension().equalsIgnoreCase(name)) {
        return format;
      }
    }
    throw new IllegalArgumentException("unknown format '" + name + "'; known are jsonl and csv");
  }

  /** The ending of such a file's name, without the dot. */
  public String extension() {
    return name().toLowerCase(Locale.ROOT);
  }
}
