package io.sluice.report.journal;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lines of a file by their offsets, through a small cache of pages: rows are asked for in almost
 * the order in which their lines lie there. Blocking.
 */
final class PagedFile implements Closeable {
  private static final int PAGE = 32 * 1024;
  private static final int CACHED = 64;

  private final FileChannel channel;
  private final Map<Long, byte[]> cache =
      new LinkedHashMap<>(2 * CACHED, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
          return size() > CACHED;
        }
      };

  PagedFile(Path file) throws IOException {
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
  }

  /** The line that begins there, without its newline. */
  byte[] line(long offset) throws IOException {
    long page = offset / PAGE;
    int from = (int) (offset % PAGE);
    byte[] whole = page(page, from);
    for (int i = from; i < whole.length; i++) {
      if (whole[i] == '\n') {
        return Arrays.copyOfRange(whole, from, i);
      }
    }
    return acrossPages(page, from);
  }

  private byte[] acrossPages(long first, int start) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    long page = first;
    int from = start;
    while (true) {
      byte[] bytes = page(page, from);
      for (int i = from; i < bytes.length; i++) {
        if (bytes[i] == '\n') {
          line.write(bytes, from, i - from);
          return line.toByteArray();
        }
      }
      if (bytes.length < PAGE) {
        throw new EOFException("a line ends too early");
      }
      line.write(bytes, from, PAGE - from);
      page++;
      from = 0;
    }
  }

  /** The page, read again if it was the file's last and has grown beyond what is known of it. */
  private byte[] page(long number, int from) throws IOException {
    byte[] known = cache.get(number);
    if (known != null && (known.length == PAGE || hasNewline(known, from))) {
      return known;
    }
    ByteBuffer page = ByteBuffer.allocate(PAGE);
    int read = 0;
    while (page.hasRemaining() && read >= 0) {
      read = channel.read(page, number * PAGE + page.position());
    }
    byte[] bytes = Arrays.copyOf(page.array(), page.position());
    cache.put(number, bytes);
    return bytes;
  }

  private static boolean hasNewline(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
