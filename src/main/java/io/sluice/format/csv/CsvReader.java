package io.sluice.format.csv;

import io.sluice.format.InputException;
import io.sluice.format.csv.CsvRow.Flaw;
import io.sluice.format.text.TextInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parts a text into rows of cells, as RFC 4180 has it, with any of the three line ends. A row that
 * breaks the rules is still a row, with its flaws, as long as it is certain where the next one
 * begins. Lines without any text are passed over. Memory is that of the longest row, which has its
 * bounds.
 */
public final class CsvReader {
  private static final int MOST_CELLS = 10_000;
  private static final int LONGEST_ROW = 4 * TextInput.LONGEST;

  private final TextInput in;
  private final char delimiter;
  private final boolean blankFirst;
  private final char quote;

  private char[] text = new char[256];
  private int length;
  private int cellStart;
  private boolean quoted;
  private long firstLine;
  private List<@Nullable String> cells = new ArrayList<>();
  private List<Flaw> flaws = List.of();
  private @Nullable CsvRow pending;
  private @Nullable StringBuilder raw;
  private @Nullable List<String> written;

  /**
   * @param blankFirst whether one blank before a cell is no part of it
   * @param quote what stands around a cell that holds the delimiter
   */
  public CsvReader(TextInput in, char delimiter, boolean blankFirst, char quote) {
    this.in = in;
    this.delimiter = delimiter;
    this.blankFirst = blankFirst;
    this.quote = quote;
  }

  /** Has a row that was read before come first. */
  CsvReader after(@Nullable CsvRow row) {
    pending = row;
    return this;
  }

  /** Keeps each row's cells as they stand in the file, too. */
  CsvReader keepingText() {
    raw = new StringBuilder(256);
    written = new ArrayList<>();
    return this;
  }

  /** The next row; null at the end. */
  @Nullable
  public CsvRow next() throws IOException {
    if (pending != null) {
      CsvRow row = pending;
      pending = null;
      return row;
    }
    while (in.peek() >= 0) {
      row();
      if (!isBlankLine()) {
        return new CsvRow(firstLine, cells, written == null ? null : List.copyOf(written), flaws);
      }
    }
    return null;
  }

  private void row() throws IOException {
    cells = new ArrayList<>(Math.max(4, cells.size()));
    flaws = List.of();
    firstLine = in.line();
    length = 0;
    if (written != null) {
      written.clear();
    }
    int last;
    do {
      last = cell();
      keep(last);
      if (cells.size() == MOST_CELLS) {
        throw new InputException(firstLine, "the row has more than 10,000 cells; is this CSV?");
      }
      cells.add(
          length == cellStart && !quoted ? null : new String(text, cellStart, length - cellStart));
    } while (last == delimiter);
    if (last == '\r' && in.peek() == '\n') {
      in.read();
    }
  }

  private int read() throws IOException {
    int c = in.read();
    if (raw != null && c >= 0) {
      raw.append((char) c);
    }
    return c;
  }

  /** Keeps the cell that ended there as it stands in the file. */
  private void keep(int last) {
    if (raw != null && written != null) {
      written.add(raw.substring(0, raw.length() - (last < 0 ? 0 : 1)));
      raw.setLength(0);
    }
  }

  /** Only a line of its own can be blank: one cell, not quoted, of nothing but blanks. */
  private boolean isBlankLine() {
    return cells.size() == 1 && !quoted && String.valueOf(text, 0, length).isBlank();
  }

  /** Reads one cell; returns what ended it: the delimiter, a line end, or -1. */
  private int cell() throws IOException {
    cellStart = length;
    quoted = false;
    int c = read();
    if (c == ' ' && blankFirst) {
      c = read();
    }
    return c == quote ? quoted() : plain(c);
  }

  private int plain(int first) throws IOException {
    int c = first;
    boolean stray = false;
    while (c != delimiter && c != '\n' && c != '\r' && c >= 0) {
      if (c == quote && !stray && !quoted) {
        stray = true;
        flaw(true, "a quote inside a cell: put the whole cell in quotes and double those in it");
      }
      add(c);
      c = read();
    }
    return c;
  }

  private int quoted() throws IOException {
    quoted = true;
    long opened = in.line();
    long column = in.column();
    while (true) {
      int c = read();
      if (c == quote) {
        c = read();
        if (c != quote) {
          return closed(c, opened, column);
        }
      } else if (c < 0) {
        unclosed(opened, column);
        return c;
      }
      add(c);
    }
  }

  private int closed(int next, long opened, long column) throws IOException {
    if (next == delimiter || next == '\n' || next == '\r' || next < 0) {
      return next;
    }
    if (in.line() != opened) {
      throw new InputException(
          opened,
          column,
          "the quote that opens here is closed in line "
              + in.line()
              + " with text behind it; close it where the value ends, and double quotes inside a"
              + " value");
    }
    flaw(true, "text behind a closing quote: double the quotes inside a value");
    return plain(next);
  }

  private void unclosed(long opened, long column) throws InputException {
    boolean restOfLine = in.line() == opened || (in.line() == opened + 1 && in.column() == 0);
    if (!restOfLine) {
      throw new InputException(
          opened,
          column,
          "the quote that opens here is never closed; close it where the value ends");
    }
    while (length > cellStart && (text[length - 1] == '\n' || text[length - 1] == '\r')) {
      length--;
    }
    flaw(opened, true, "the quote is never closed: close it where the value ends");
  }

  private void add(int c) throws InputException {
    if (length == text.length) {
      grow();
    }
    if (c == 0) {
      flaw(false, "a NUL character: take it out");
    }
    text[length++] = (char) c;
  }

  private void grow() throws InputException {
    if (length - cellStart > TextInput.LONGEST) {
      throw new InputException(
          firstLine, "a value that begins here is longer than 1 MiB; is a closing quote missing?");
    }
    if (length >= LONGEST_ROW) {
      throw new InputException(
          firstLine, "the row is longer than 4 MiB; is a closing quote missing?");
    }
    text = Arrays.copyOf(text, text.length * 2);
  }

  private void flaw(boolean shifts, String reason) {
    flaw(in.line(), shifts, reason);
  }

  private void flaw(long line, boolean shifts, String reason) {
    if (flaws.isEmpty()) {
      flaws = new ArrayList<>();
    }
    Flaw last = flaws.isEmpty() ? null : flaws.get(flaws.size() - 1);
    if (last == null || last.cell() != cells.size() || !last.reason().equals(reason)) {
      flaws.add(new Flaw(line, cells.size(), shifts, reason));
    }
  }
}
