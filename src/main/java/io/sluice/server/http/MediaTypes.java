package io.sluice.server.http;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** The media types of files, by the endings of their names. */
public final class MediaTypes {
  private static final String UNKNOWN = "application/octet-stream";
  private static final Map<String, String> BY_ENDING =
      Map.ofEntries(
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("csv", "text/csv; charset=utf-8"),
          Map.entry("gz", "application/gzip"),
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("jsonl", "application/x-ndjson"),
          Map.entry("map", "application/json"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("ndjson", "application/x-ndjson"),
          Map.entry("png", "image/png"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("woff2", "font/woff2"));

  private MediaTypes() {}

  /** The type of a file. */
  public static String of(Path file) {
    return of(String.valueOf(file.getFileName()));
  }

  /** The type of a file of that name. */
  public static String of(String name) {
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return BY_ENDING.getOrDefault(ending, UNKNOWN);
  }

  /**
   * Has a browser save a file, and not show it.
   *
   * @param prefix where it is from, of plain characters alone
   */
  public static Map<String, String> saved(String prefix, Path file) {
    String name = prefix + "-" + file.getFileName();
    return Map.of("Content-Disposition", "attachment; filename=\"" + plain(name) + "\"");
  }

  private static String plain(String name) {
    return name.replaceAll("[^A-Za-z0-9._~-]", "_");
  }
}
