package io.sluice.format;

import java.io.IOException;

/** Writes records to a stream. Blocking; for one thread at a time. Does not close the stream. */
public interface RowWriter {

  /**
   * Writes records.
   *
   * @param lines compact JSON records, each ended by a newline, in {@code [from, to)}
   */
  void write(byte[] lines, int from, int to) throws IOException;
}
