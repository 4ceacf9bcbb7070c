package io.sluice.format;

import io.sluice.catalog.Resource;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Counts the rows of a file that Sluice wrote and checks that every one of them is whole. Blocking;
 * memory does not grow with the file.
 */
public final class RowCount {
  private static final int LONGEST_LINE = 64 * 1024 * 1024;
  private static final JsonFactory JSON = new JsonFactory();

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
        JSON.createParser(ObjectReadContext.empty(), line.buffer(), line.start(), length)) {
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
    var utf8 =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    long rows = -1;
    LastByte last = new LastByte(in);
    try (CSVParser parser =
        CSVParser.builder()
            .setReader(new InputStreamReader(last, utf8))
            .setFormat(CSVFormat.RFC4180)
            .get()) {
      int columns = 0;
      for (CSVRecord row : parser) {
        if (rows < 0) {
          columns = header(resource, row);
        } else if (row.size() != columns) {
          throw new IOException(
              "row " + (rows + 1) + " has " + row.size() + " cells, not " + columns);
        }
        rows++;
      }
    } catch (java.io.UncheckedIOException malformed) {
      if (malformed.getCause() instanceof CharacterCodingException) {
        throw new IOException("it is not UTF-8 after row " + Math.max(0, rows), malformed);
      }
      throw malformed.getCause();
    }
    if (rows < 0) {
      throw new IOException("it has no header row");
    }
    if (last.value != '\n') {
      throw new IOException("the last row is cut off: it has no end");
    }
    return rows;
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

  private static int header(Resource resource, CSVRecord row) throws IOException {
    List<String> fields = resource.fields().stream().map(field -> field.path()).toList();
    List<String> plain = Stream.concat(fields.stream(), Stream.of(CsvCells.EXTRA)).toList();
    List<String> given =
        row.stream()
            .filter(header -> !header.equals(CsvCells.EXCEL_SAFE))
            .collect(Collectors.toList());
    if (!given.equals(plain)) {
      throw new IOException("its header row is not that of " + resource.slug());
    }
    return row.size();
  }
}
