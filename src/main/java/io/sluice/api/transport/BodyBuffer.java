package io.sluice.api.transport;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Gathers a body chunk by chunk into one array, up to a limit. There may be room behind it. */
public final class BodyBuffer {
  private static final int FIRST = 16 * 1024;

  private static final byte[] NONE = {};

  /** A header alone reserves no more than this: who announces much has yet to send it. */
  private static final int MOST_AT_FIRST = 1024 * 1024;

  /** Room for a parser to mark the end of the body. */
  private static final int BEHIND = 16;

  private final int limit;
  private byte[] bytes;
  private int length;

  /**
   * @param announced the body's length as its header says, or a negative number
   * @param limit the most that is taken in, in bytes after decompression
   * @param pool where its array may come from; null for a new one
   */
  BodyBuffer(long announced, int limit, @Nullable BodyPool pool) {
    this.limit = limit;
    long first = announced < 0 ? guess(pool) : announced;
    int size = (int) Math.min(Math.min(first, MOST_AT_FIRST) + BEHIND, limit);
    byte[] used = pool == null ? null : pool.take(size);
    this.bytes = used == null ? resized(NONE, size) : used;
  }

  /** As long as others, and some more. */
  private static long guess(@Nullable BodyPool pool) {
    int usual = pool == null ? 0 : pool.usual();
    return Math.max(FIRST, usual + usual / 8L);
  }

  BodyBuffer append(ByteBuf chunk) {
    int more = chunk.readableBytes();
    if (more > limit - length) {
      throw new AnswerTooLarge(limit);
    }
    if (length + more > bytes.length) {
      long wanted = Math.max(length + (long) more, 2L * bytes.length);
      bytes = resized(bytes, (int) Math.min(limit, Math.max(wanted, FIRST)));
    }
    chunk.readBytes(bytes, length, more);
    length += more;
    return this;
  }

  /** Running out of memory on an event loop would be swallowed there: it ends the call instead. */
  private static byte[] resized(byte[] bytes, int size) {
    try {
      return Arrays.copyOf(bytes, size);
    } catch (OutOfMemoryError full) {
      throw new NotEnoughMemory(size);
    }
  }

  /**
   * The same once the body is whole, in an array that is not many times as long: what holds a page
   * counts as that page's memory, and bounds how many may be on the way at once.
   */
  BodyBuffer whole() {
    if (bytes.length > 2L * (length + FIRST)) {
      bytes = resized(bytes, length + BEHIND);
    }
    return this;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** There is no room for the body on the heap. */
  public static final class NotEnoughMemory extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** For so many bytes. */
    public NotEnoughMemory(int size) {
      super("Java has no memory left for an answer of " + size / 1024 + " KiB");
    }
  }

  /** The body is longer than Sluice takes in. */
  public static final class AnswerTooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AnswerTooLarge(int limit) {
      super("the answer is larger than " + limit / (1024 * 1024) + " MiB");
    }
  }
}
