package io.sluice.format.csv;

import io.sluice.catalog.NearestName;
import io.sluice.format.FieldNames;
import io.sluice.format.InputException;
import io.sluice.format.text.Excerpt;
import io.sluice.format.text.Head;
import io.sluice.format.text.TextInput;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the header of a CSV file below the lines that other tools write above it: comments that
 * begin with {@code #}, and the delimiter that a spreadsheet names for itself. Some feeds write the
 * header as the last of these comments.
 */
final class HeaderSearch {
  private static final int LINES = 200;

  private final TextInput in;
  private final FieldNames names;
  private final Set<String> mapped;
  private final char quote;
  private @Nullable Character delimiter;

  /**
   * The header.
   *
   * @param line the physical line on which it begins
   * @param text without the mark of a comment; blank if there is none
   * @param delimiter what a line above it names as the delimiter; null if none does
   * @param comment whether it is written as a comment
   */
  record Found(long line, String text, @Nullable Character delimiter, boolean comment) {}

  /**
   * @param mapped the columns that the user names
   * @param quote what stands around a cell that holds line ends
   */
  HeaderSearch(TextInput in, FieldNames names, Set<String> mapped, char quote) {
    this.in = in;
    this.names = names;
    this.mapped = mapped;
    this.quote = quote;
  }

  /** Reads up to the end of the header, and nothing after it. */
  Found find() throws IOException {
    int header = headerAmongComments(in.head().lines(LINES));
    int comments = 0;
    while (true) {
      long line = in.line();
      String text = row();
      if (isComment(text)) {
        comments++;
        if (comments == header) {
          return new Found(line, uncommented(text), delimiter, true);
        }
      } else if (!text.isBlank() && !isSeparator(line, text)) {
        return new Found(line, text, delimiter, false);
      }
      if (in.peek() < 0) {
        return new Found(line, "", delimiter, false);
      }
    }
  }

  /** Reads the lines above the first row and nothing after them; the delimiter that one names. */
  @Nullable Character passOver() throws IOException {
    List<String> lines = in.head().lines(LINES);
    for (String line : lines) {
      if (!isComment(line) && separator(line) == null) {
        break;
      }
      long at = in.line();
      String text = row();
      while (text.isBlank()) {
        at = in.line();
        text = row();
      }
      isSeparator(at, text);
    }
    return delimiter;
  }

  /** The first lines of a text that are neither comments nor name a delimiter. */
  static List<String> rows(Head head) {
    return head.lines(LINES).stream()
        .filter(line -> !isComment(line) && separator(line) == null)
        .toList();
  }

  /** Which of the comments above the first other line is the header, from 1; 0 if none is. */
  private int headerAmongComments(List<String> lines) {
    int comments = 0;
    String last = "";
    for (String line : lines) {
      if (isComment(line)) {
        comments++;
        last = uncommented(line);
      } else if (separator(line) == null) {
        return isHeader(cells(last), cells(line)) ? comments : 0;
      }
    }
    return lines.size() < LINES && known(cells(last)) > 0 ? comments : 0;
  }

  /** By pipes only where a cell between them is a column's name. */
  private List<String> cells(String line) {
    List<String> piped = Delimited.cells(line, PipeDetector.PIPE, quote);
    List<String> cells = Delimited.cells(line);
    return known(piped) > known(cells) ? piped : cells;
  }

  private boolean isHeader(List<String> cells, List<String> other) {
    int known = known(cells);
    int knownBelow = known(other);
    if (knownBelow == 0) {
      return known > 0 || (cells.size() > 1 && cells.size() == other.size());
    }
    return known > knownBelow && knownBelow < other.size();
  }

  private int known(List<String> cells) {
    return (int) cells.stream().filter(this::isKnown).count();
  }

  /** True if a column of that name is a field, or one that the user names. */
  boolean isKnown(String cell) {
    String name = NearestName.canonical(cell);
    boolean named = mapped.stream().map(NearestName::canonical).anyMatch(name::equals);
    return !name.isEmpty() && (named || names.find(cell) != null);
  }

  private boolean isSeparator(long line, String text) throws InputException {
    String named = separator(text);
    if (named == null) {
      return false;
    } else if (!Delimited.isDelimiter(named.charAt(0))) {
      throw new InputException(
          line,
          "'"
              + Excerpt.of(text)
              + "' names a delimiter that is not read; write the file with comma,"
              + " semicolon, tab or pipe");
    }
    delimiter = named.charAt(0);
    return true;
  }

  /** The character that such a line names; null if it is no such line. */
  private static @Nullable String separator(String text) {
    String line = text.startsWith("\"") ? text.replace("\"", "") : text;
    boolean names = line.length() == 5 && line.toLowerCase(Locale.ROOT).startsWith("sep=");
    return names ? line.substring(4) : null;
  }

  private static boolean isComment(String line) {
    String text = line.stripLeading();
    return text.startsWith("#") || text.startsWith("\"#");
  }

  private static String uncommented(String line) {
    return line.stripLeading().replaceFirst("^(\"?)#+\\s*", "$1");
  }

  /** The text up to the first line end outside quotes, without it; a comment knows no quotes. */
  private String row() throws IOException {
    long line = in.line();
    StringBuilder row = new StringBuilder();
    boolean comment = in.peek() == '#';
    boolean quoted = false;
    int c = in.read();
    while (c >= 0 && (quoted || (c != '\n' && c != '\r'))) {
      quoted ^= c == quote && !comment;
      row.append((char) c);
      if (row.length() > TextInput.LONGEST) {
        throw new InputException(
            line, "the header row is longer than 1 MiB; is a closing quote missing?");
      }
      c = in.read();
    }
    if (c == '\r' && in.peek() == '\n') {
      in.read();
    }
    return row.toString();
  }
}
