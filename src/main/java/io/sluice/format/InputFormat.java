package io.sluice.format;

import java.util.Locale;
import java.util.Optional;

/** How the rows of an input file are written. */
public enum InputFormat {
  /** Cells with a header row; the header tells whether comma, semicolon, tab or pipe part them. */
  CSV,
  /** One JSON object a line, or one array of objects. */
  JSONL,
  /** One pattern a line. */
  LIST;

  /**
   * The format of that name, in any case.
   *
   * @throws IllegalArgumentException naming the formats that exist
   */
  public static InputFormat named(String name) {
    return NamedChoice.of(InputFormat.class, name);
  }

  /** Advice for a file whose name says neither of them. */
  public static String advice(String name) {
    String ending = name.toLowerCase(Locale.ROOT);
    return switch (ending.substring(Math.max(0, ending.lastIndexOf('.')))) {
      case ".xlsx", ".xlsm", ".xlsb", ".xls" ->
          "an Excel workbook is not read: save the sheet as CSV UTF-8, and take that";
      case ".ods", ".numbers" ->
          "a spreadsheet is not read: export the sheet as CSV in UTF-8, and take that";
      case ".pdf", ".doc", ".docx", ".rtf", ".eml", ".msg" ->
          "a document is not read: copy the list into a text file, and take that";
      case ".zip", ".7z", ".rar", ".tar", ".tgz", ".bz2", ".xz", ".zst" ->
          "an archive is not read: unpack it, and take the file inside";
      default -> "say which format it has: csv, jsonl or list";
    };
  }

  /**
   * The format that a file's name tells by its ending, with or without {@code .gz} behind it; empty
   * if the ending says nothing.
   */
  public static Optional<InputFormat> ofFileName(String name) {
    String ending = name.toLowerCase(Locale.ROOT);
    if (ending.endsWith(".gz")) {
      ending = ending.substring(0, ending.length() - 3);
    }
    return switch (ending.substring(Math.max(0, ending.lastIndexOf('.')))) {
      case ".csv", ".tsv" -> Optional.of(CSV);
      case ".jsonl", ".ndjson", ".json" -> Optional.of(JSONL);
      case ".txt" -> Optional.of(LIST);
      default -> Optional.empty();
    };
  }
}
