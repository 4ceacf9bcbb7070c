package io.sluice.format;

import io.sluice.catalog.Resource;
import io.sluice.format.csv.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** How the rows of a file are written. */
public enum RowFormat {
  /** One JSON record a line, as the API gave it. */
  JSONL,
  /** RFC 4180 with a header row, one column for each field of the catalogue. */
  CSV;

  /** Endings of files that hold something else, which reads otherwise or not at all. */
  private static final Set<String> OTHER_KINDS =
      Set.of(
          "xlsx", "xls", "xlsm", "ods", "numbers", "tsv", "tab", "txt", "zip", "7z", "bz2", "xz",
          "zst", "tar", "tgz", "parquet", "xml", "yaml", "yml", "html", "htm", "pdf", "sql", "db",
          "sqlite");

  /** The format of that name, in any case. */
  public static RowFormat named(String name) {
    for (RowFormat format : values()) {
      if (format.extension().equalsIgnoreCase(name)) {
        return format;
      }
    }
    throw new IllegalArgumentException("unknown format '" + name + "'; known are jsonl and csv");
  }

  /**
   * The format that a file's name says by its ending, in any case, with or without {@code .gz}
   * behind it; empty if the ending says nothing.
   *
   * @throws IllegalArgumentException if the ending is that of another kind of file
   */
  public static Optional<RowFormat> ofFileName(String name) {
    String ending = ending(name);
    if (OTHER_KINDS.contains(ending)) {
      throw new IllegalArgumentException(
          "no file of the kind ." + ending + " can be written; name it .csv or .jsonl");
    }
    return switch (ending) {
      case "csv" -> Optional.of(CSV);
      case "jsonl", "ndjson", "json" -> Optional.of(JSONL);
      default -> Optional.empty();
    };
  }

  /** The text after the last dot, in lower case and without {@code .gz}; empty if nothing. */
  public static String ending(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    String plain = lower.endsWith(".gz") ? lower.substring(0, lower.length() - 3) : lower;
    String file = plain.substring(Math.max(plain.lastIndexOf('/'), plain.lastIndexOf('\\')) + 1);
    int dot = file.lastIndexOf('.');
    return dot < 0 ? "" : file.substring(dot + 1);
  }

  /** The ending of such a file's name, without the dot. */
  public String extension() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * A writer of this format. A header, where the format has one, is written at once.
   *
   * @param excelSafe whether CSV cells that a spreadsheet would take for formulas are marked
   */
  public RowWriter writer(Resource resource, boolean excelSafe, OutputStream out)
      throws IOException {
    return switch (this) {
      case JSONL -> (lines, from, to) -> out.write(lines, from, to - from);
      case CSV -> CsvWriter.begin(resource, excelSafe, out);
    };
  }
}
