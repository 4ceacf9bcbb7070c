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

  /**
   * A line.
   *
   * @param number where it is in the text, from 1
   */
  public record Line(long number, String text) {}

  /** The first of its lines that have any text; one that may be cut off is left out. */
  public List<String> lines(int most) {
    return numbered(most).stream().map(Line::text).toList();
  }

  /** The same with their numbers. */
  public List<Line> numbered(int most) {
    List<Line> lines = new ArrayList<>();
    int start = 0;
    long number = 1;
    while (start < text.length() && lines.size() < most) {
      int end = endOfLine(start);
      String line = text.substring(start, end);
      if (!line.isBlank() && (whole || end < text.length())) {
        lines.add(new Line(number, line));
      }
      start = afterLineEnd(end);
      number++;
    }
    return lines;
  }

  /** What begins in that line; empty if that is not known. */
  Head from(long line) {
    int start = 0;
    for (long number = 1; number < line && start < text.length(); number++) {
      start = afterLineEnd(endOfLine(start));
    }
    return new Head(text.substring(Math.min(start, text.length())), whole);
  }

  private int endOfLine(int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  private int afterLineEnd(int end) {
    return text.startsWith("\r\n", end) ? end + 2 : end + 1;
  }
}
