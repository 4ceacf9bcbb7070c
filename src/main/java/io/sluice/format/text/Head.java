package io.sluice.format.text;

import java.util.ArrayList;
import java.util.List;

/**
 * The beginning of a text, to find out what it is.
 *
 * @param text the first characters, without a byte order mark
 * @param whole whether that is all there is
 */
public record Head(String text, boolean whole) {

  /** The first of its lines that have any text; one that may be cut off is left out. */
  public List<String> lines(int most) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    while (start < text.length() && lines.size() < most) {
      int end = start;
      while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
        end++;
      }
      String line = text.substring(start, end);
      if (!line.isBlank() && (whole || end < text.length())) {
        lines.add(line);
      }
      start = end + 1;
    }
    return lines;
  }
}
