package io.sluice.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records of a CSV file that {@link CsvLines} wrote, from any record on. Blocking; memory is
 * that of the longest record.
 */
final class ReportRecords implements Closeable {
  private static final int FIRST = 64 * 1024;
  private static final int LONGEST = 8 * 1024 * 1024;

  private final FileChannel channel;
  private byte[] buffer = new byte[FIRST];
  private long base;
  private int start;
  private int end;

  /** The records from that offset on, at which one begins. */
  ReportRecords(Path file, long from) throws IOException {
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
    this.base = from;
  }

  /** The cells of the next record, empty ones as null; null at the end of the file. */
  @Nullable List<@Nullable String> next() throws IOException {
    boolean quoted = false;
    int scanned = start;
    while (true) {
      for (int i = scanned; i < end; i++) {
        quoted ^= buffer[i] == '"';
        if (buffer[i] == '\n' && !quoted) {
          List<@Nullable String> cells = cells(new String(buffer, start, i - start, UTF_8));
          start = i + 1;
          return cells;
        }
      }
      int had = end - start;
      if (!fill()) {
        return null;
      }
      scanned = start + had;
    }
  }

  /** Where the next record begins in the file. */
  long offset() {
    return base + start;
  }

  private boolean fill() throws IOException {
    System.arraycopy(buffer, start, buffer, 0, end - start);
    base += start;
    end -= start;
    start = 0;
    if (end == buffer.length) {
      if (end >= LONGEST) {
        throw new IOException("a record is longer than " + LONGEST + " bytes");
      }
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    int read = channel.read(ByteBuffer.wrap(buffer, end, buffer.length - end), base + end);
    end += Math.max(0, read);
    return read > 0;
  }

  private static List<@Nullable String> cells(String record) {
    List<@Nullable String> cells = new ArrayList<>();
    int length = record.endsWith("\r") ? record.length() - 1 : record.length();
    int i = 0;
    while (i <= length) {
      if (i < length && record.charAt(i) == '"') {
        StringBuilder cell = new StringBuilder();
        i++;
        while (i < length && (record.charAt(i) != '"' || quoteFollows(record, i, length))) {
          i += record.charAt(i) == '"' ? 1 : 0;
          cell.append(record.charAt(i));
          i++;
        }
        cells.add(cell.toString());
        i += 2;
      } else {
        int comma = record.indexOf(',', i);
        int stop = comma < 0 || comma > length ? length : comma;
        cells.add(stop == i ? null : record.substring(i, stop));
        i = stop + 1;
      }
    }
    return cells;
  }

  private static boolean quoteFollows(String record, int quote, int length) {
    return quote + 1 < length && record.charAt(quote + 1) == '"';
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
