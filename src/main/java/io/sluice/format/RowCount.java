package io.sluice.format;

import io.sluice.catalog.RecordJson;
import io.sluice.catalog.Resource;
import io.sluice.format.csv.CsvCells;
import io.sluice.format.csv.CsvReader;
import io.sluice.format.csv.CsvRow;
import io.sluice.format.csv.Dialect;
import io.sluice.format.text.LineReader;
import io.sluice.format.text.TextInput;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * Counts the rows of a file that Sluice wrote and checks that every one of them is whole. Blocking;
 * memory does not grow with the file.
 */
public final class RowCount {
  private static final int LONGEST_LINE = 64 * 1024 * 1024;

  private RowCount() {}

  /**
   * Reads a decompressed file to its end.
   *
   * @throws IOException with words that name the line, if a row is not well-formed
   */
  public static long of(RowFormat format, Resource resource, InputStream in) throws IOException {
    return switch (format) {
      case JSONL -> jsonl(in);
      case CSV -> csv(resource, in);
    };
  }

  private static long jsonl(InputStream in) throws IOException {
    LineReader lines = new LineReader(in, LONGEST_LINE);
    long rows = 0;
    while (lines.next()) {
      if (!lines.ended()) {
        throw new IOException("line " + lines.line() + " is cut off: it has no end");
      }
      if (!isObject(lines)) {
        throw new IOException("line " + lines.line() + " is not a JSON record");
      }
      rows++;
    }
    return rows;
  }

  private static boolean isObject(LineReader line) {
    int length = line.end() - line.start();
    try (JsonParser parser =
        RecordJson.PARSERS.createParser(
            ObjectReadContext.empty(), line.buffer(), line.start(), length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (JacksonException malformed) {
      return false;
    }
  }

  private static long csv(Resource resource, InputStream in) throws IOException {
    LastByte last = new LastByte(in);
    CsvReader rows =
        new CsvReader(
            TextInput.of(last, StandardCharsets.UTF_8, OptionNames.COMMAND_LINE),
            ',',
            false,
            Dialect.STANDARD.quote());
    CsvRow header = rows.next();
    if (header == null) {
      throw new IOException("it has no header row");
    }
    requireHeader(resource, header);
    long count = 0;
    for (CsvRow row = rows.next(); row != null; row = rows.next()) {
      count++;
      if (!row.flaws().isEmpty()) {
        throw new IOException("line " + row.line() + ": " + row.flaws().get(0).reason());
      }
      if (row.cells().size() != header.cells().size()) {
        throw new IOException(
            "row " + count + " has " + row.cells().size() + " cells, not " + header.cells().size());
      }
    }
    if (last.value != '\n') {
      throw new IOException("the last row is cut off: it has no end");
    }
    return count;
  }

  /** Remembers the last byte: a cut inside a pair of quotes reads like the end of the cell. */
  private static final class LastByte extends FilterInputStream {
    private int value;

    LastByte(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      value = read < 0 ? value : read;
      return read;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = super.read(into, offset, length);
      value = read > 0 ? into[offset + read - 1] : value;
      return read;
    }
  }

  private static void requireHeader(Resource resource, CsvRow row) throws IOException {
    List<@Nullable String> columns = new ArrayList<>(row.cells());
    columns.remove(CsvCells.EXCEL_SAFE);
    List<String> written = new ArrayList<>();
    resource.fields().forEach(field -> written.add(field.path()));
    written.add(CsvCells.EXTRA);
    if (!columns.equals(written)) {
      throw new IOException("its header row is not that of " + resource.slug());
    }
  }
}
