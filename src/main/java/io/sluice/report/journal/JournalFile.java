package io.sluice.report.journal;

import io.sluice.disk.PrivateFiles;
import io.sluice.format.text.LineReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/**
 * The writing end of a journal: lines go to its end and nowhere else. It knows how long the file
 * must be if nobody else writes, and looks before and after it writes: once the lines of a group
 * are confirmed, no process with a higher fencing number had opened the journal before them, so
 * whoever opens it later reads them. Blocking; for one thread at a time.
 */
final class JournalFile implements Closeable {
  private static final int BUFFER = 256 * 1024;

  private final Path path;
  private final JournalEntry opening;
  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
  private long confirmed;
  private long length;
  private boolean alone = true;

  private JournalFile(Path path, JournalEntry opening, FileChannel channel, long length) {
    this.path = path;
    this.opening = opening;
    this.channel = channel;
    this.confirmed = length;
    this.length = length;
  }

  /**
   * Opens the file, or makes it. Nothing is written yet.
   *
   * @param opening the first entry that this process is going to write
   */
  static JournalFile open(Path path, JournalEntry opening) throws IOException {
    FileChannel channel = PrivateFiles.append(path);
    try {
      return new JournalFile(path, opening, channel, channel.size());
    } catch (IOException unreadable) {
      channel.close();
      throw unreadable;
    }
  }

  /**
   * True if nobody else has written since it was opened, and no writing failed, so that lines are
   * where they were put.
   */
  boolean alone() {
    return alone;
  }

  /**
   * Appends the lines.
   *
   * @return where the first of them begins, if this process is {@link #alone}
   * @throws FencedException if the journal belongs to another process now
   * @throws IOException if the disk fails; how much was written is unknown then
   */
  long append(List<byte[]> lines) throws IOException {
    requireOwn();
    long start = length;
    boolean well = alone;
    alone = false;
    for (byte[] line : lines) {
      if (line.length > buffer.remaining()) {
        flush();
      }
      if (line.length > buffer.capacity()) {
        write(ByteBuffer.wrap(line));
      } else {
        buffer.put(line);
      }
    }
    flush();
    alone = well;
    return start;
  }

  /** Waits until everything is on the disk, and makes sure that it still counts. */
  void force() throws IOException {
    channel.force(false);
    requireOwn();
  }

  private void flush() throws IOException {
    buffer.flip();
    write(buffer);
    buffer.clear();
  }

  /** One call where the system takes everything at once, so that no other line comes between. */
  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      length += channel.write(bytes);
    }
  }

  private void requireOwn() throws IOException {
    long actual = channel.size();
    if (actual < length) {
      throw new IOException(path + " was cut short by another program");
    }
    if (actual > length) {
      alone = false;
      length = searched();
    }
    confirmed = length;
  }

  /**
   * Looks who else wrote. What an older process wrote after it was fenced off is no reason to stop.
   */
  private long searched() throws IOException {
    try (LineReader lines = LineReader.of(path, confirmed, JournalParsing.LONGEST)) {
      while (lines.nextEnded()) {
        requireLower(lines);
      }
      if (lines.rest() > 0) {
        throw new IOException(path + " is being written by another process");
      }
      return lines.offset();
    }
  }

  private void requireLower(LineReader lines) throws FencedException {
    JournalEntry entry;
    try {
      entry = JournalParsing.entry(lines.buffer(), lines.start(), lines.end());
    } catch (IllegalArgumentException somethingElse) {
      return;
    }
    boolean takesOver =
        entry.fence() >= opening.fence()
            && entry instanceof JournalEntry.Opening
            && !entry.equals(opening);
    if (takesOver || entry.fence() > opening.fence()) {
      throw new FencedException(path, opening.fence(), entry.fence());
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
