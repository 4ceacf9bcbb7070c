package io.sluice.format;

import io.sluice.catalog.Resource;
import io.sluice.format.csv.CsvRows;
import io.sluice.format.json.JsonRows;
import io.sluice.format.text.TextInput;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a CSV file, of a JSONL file or of a plain list, one by one, compressed by gzip
 * or not. Blocking, for one thread at a time; memory is bounded by the largest row, which has its
 * limits: 1 MiB for a line and for a value, after decompression.
 *
 * <p>What is wrong in one row is part of that row; an {@link InputException} means that the file
 * cannot be read any further, any other {@link IOException} that the stream failed.
 */
public final class InputReader implements Closeable {
  private final TextInput text;
  private final Rows rows;
  private final FixedValues fixed;
  private @Nullable InputException failure;

  private InputReader(TextInput text, Rows rows, FixedValues fixed) {
    this.text = text;
    this.rows = rows;
    this.fixed = fixed;
  }

  /**
   * Begins to read; a header is read at once.
   *
   * @param in the file's bytes, compressed or not; closed with the reader, and at once if this
   *     method fails
   * @throws InputException if the options or the header do not fit the resource
   */
  public static InputReader open(Resource resource, InputOptions options, InputStream in)
      throws IOException {
    return open(resource, options, in, false);
  }

  /** The same for rows that are written out again: faulty ones bring their cells as written. */
  public static InputReader asWritten(Resource resource, InputOptions options, InputStream in)
      throws IOException {
    return open(resource, options, in, true);
  }

  private static InputReader open(
      Resource resource, InputOptions options, InputStream in, boolean asWritten)
      throws IOException {
    boolean opened = false;
    try {
      FixedValues fixed = FixedValues.of(resource, options.fixed(), options.names().of("set"));
      TextInput text = TextInput.of(in, options.encoding(), options.names());
      ForeignFile.refuse(resource, options.format(), options.names(), text.head());
      Rows rows =
          switch (options.format()) {
            case CSV -> CsvRows.begin(resource, options, text, asWritten);
            case JSONL -> JsonRows.begin(resource, options, text);
            case LIST -> ListRows.begin(resource, options, text);
          };
      opened = true;
      return new InputReader(text, rows, fixed);
    } finally {
      if (!opened) {
        in.close();
      }
    }
  }

  /** The names of a CSV file's columns, in their order; empty for the other formats. */
  public List<String> header() {
    return rows.header();
  }

  /** The delimiter of the cells of a CSV file. */
  public char delimiter() {
    return rows.delimiter();
  }

  /** True if double quotes stand around a cell of a CSV file that holds the delimiter. */
  public boolean standardQuotes() {
    return rows.standardQuotes();
  }

  /** True if the file begins with a byte order mark, or is in another encoding than UTF-8. */
  public boolean needsMark() {
    return text.needsMark();
  }

  /**
   * The names that the file has for fields, by the fields' paths: of a CSV file all that it has, of
   * a JSONL file those that were mapped.
   */
  public Map<String, String> columns() {
    return rows.columns();
  }

  /** The columns and fields left out of the rows so far, each thing once, in words for people. */
  public List<String> warnings() {
    return rows.warnings();
  }

  /**
   * The next row.
   *
   * @return null at the end of the file
   * @throws InputException if the file cannot be read any further; again on every later call
   */
  public @Nullable InputRow next() throws IOException {
    if (failure != null) {
      throw failure;
    }
    try {
      InputRow row = rows.next();
      if (row != null) {
        fixed.fill(row.record());
      }
      return row;
    } catch (InputException stop) {
      failure = stop;
      throw stop;
    }
  }

  /** Closes the stream. */
  @Override
  public void close() throws IOException {
    text.close();
  }
}
