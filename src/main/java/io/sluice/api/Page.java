package io.sluice.api;

import io.sluice.catalog.RecordJson;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One page of a listing: its records as compact JSON, one a line, in the server's order, with the
 * server's own bytes inside.
 *
 * <p>The receiver of the page owns its byte array until it {@linkplain #release releases} the page;
 * nothing else refers to the array.
 */
public final class Page {
  private static final byte[] NONE = new byte[0];

  private final int number;
  private final int[] starts;
  private final long[] ids;
  private final int requested;
  private final PageInfo info;
  private final List<String> messages;
  private final boolean identified;
  private byte[] bytes;
  private @Nullable Consumer<byte[]> spare;

  /**
   * @param identified whether every record has an id
   * @param starts where each record begins, and last where the block of lines ends
   * @param ids a hash of each record's id, keyed by the reading
   */
  Page(
      int number,
      byte[] bytes,
      int[] starts,
      long[] ids,
      int requested,
      PageInfo info,
      List<String> messages,
      boolean identified) {
    this.number = number;
    this.bytes = bytes;
    this.starts = starts;
    this.ids = ids;
    this.requested = requested;
    this.info = info;
    this.messages = messages;
    this.identified = identified;
  }

  /** Which page this is, from 1. */
  public int number() {
    return number;
  }

  /** How many records it holds. */
  public int count() {
    return ids.length;
  }

  /** The array in which the lines lie. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where record {@code i}, from 0, begins; {@code start(count())} is the end of the last line. */
  public int start(int i) {
    return starts[i];
  }

  /** Where record {@code i} ends, before its newline. */
  public int end(int i) {
    return starts[i + 1] - 1;
  }

  /** Record {@code i}, from 0, read into a tree of its own. */
  public ObjectNode record(int i) {
    return RecordJson.record(bytes, starts[i], end(i));
  }

  /** A 64-bit hash of the id of record {@code i}, comparable within one reading. */
  public long id(int i) {
    return ids[i];
  }

  /** The hashes of all ids in order, to compare with the same page read again. */
  public long[] ids() {
    return Arrays.copyOf(ids, ids.length);
  }

  /** The same page, whose array goes there when it is released. */
  Page releasedTo(Consumer<byte[]> arrays) {
    spare = arrays;
    return this;
  }

  /**
   * Gives the array back for another page. The receiver calls it once it no longer reads the
   * records; the ids and counts of the page stay. Releasing a page is optional.
   */
  public void release() {
    byte[] free = bytes;
    bytes = NONE;
    if (spare != null && free.length > 0) {
      spare.accept(free);
    }
  }

  /** How many records a full page holds, as far as the server says; 0 if it does not. */
  public int size() {
    Integer told = info.perPage();
    return told == null || told < 1 ? 0 : Math.min(told, requested);
  }

  /** True if every record has an id. */
  boolean identified() {
    return identified;
  }

  /** What the API has to say to people along with it; mostly nothing. */
  List<String> messages() {
    return messages;
  }

  /** What the server says of the listing as a whole. */
  public PageInfo info() {
    return info;
  }
}
