package io.sluice.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads RFC 4180 to the letter, and tells an empty cell (null) from a quoted empty one. */
final class StrictCsv {
  private final String text;
  private int at;

  StrictCsv(Path file) throws IOException {
    this.text = Files.readString(file);
  }

  List<List<@Nullable String>> rows() {
    List<List<@Nullable String>> rows = new ArrayList<>();
    while (at < text.length()) {
      List<@Nullable String> row = new ArrayList<>();
      row.add(cell());
      while (text.charAt(at) == ',') {
        at++;
        row.add(cell());
      }
      if (!text.startsWith("\r\n", at)) {
        throw new AssertionError("a stray character at " + at);
      }
      at += 2;
      rows.add(row);
    }
    return rows;
  }

  private @Nullable String cell() {
    return text.charAt(at) == '"' ? quoted() : bare();
  }

  private String quoted() {
    StringBuilder cell = new StringBuilder();
    at++;
    while (true) {
      char c = text.charAt(at++);
      if (c != '"') {
        cell.append(c);
      } else if (text.charAt(at) == '"') {
        cell.append('"');
        at++;
      } else {
        return cell.toString();
      }
    }
  }

  private @Nullable String bare() {
    int start = at;
    while (",\"\r\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at == start ? null : text.substring(start, at);
  }
}
