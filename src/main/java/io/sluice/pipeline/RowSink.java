package io.sluice.pipeline;

import java.io.Closeable;
import java.io.IOException;

/** Takes the records of one reading of a listing, in order, each once. Blocking. */
public interface RowSink extends Closeable {

  /**
   * Takes records.
   *
   * @param lines compact JSON records, each ended by a newline, in {@code [from, to)}; the array
   *     holds other records as soon as this returns
   * @param rows how many records these are
   */
  void write(byte[] lines, int from, int to, int rows) throws IOException;

  /** Called instead of {@link #close()} if the reading is not kept: removes what was written. */
  void discard() throws IOException;
}
