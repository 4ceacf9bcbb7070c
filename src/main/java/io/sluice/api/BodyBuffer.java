package io.sluice.api;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** Gathers a body chunk by chunk into one array, up to a limit. */
final class BodyBuffer {
  private static final int FIRST = 16 * 1024;
  private final int limit;
  private byte[] bytes;
  private int length;

  /**
   * @param announced the body's length as its header says, or a negative number
   * @param limit the most that is taken in, in bytes after decompression
   */
  BodyBuffer(long announced, int limit) {
    this.limit = limit;
    this.bytes = new byte[(int) Math.min(announced < 0 ? FIRST : announced, limit)];
  }

  BodyBuffer append(ByteBuf chunk) {
    int more = chunk.readableBytes();
    if (more > limit - length) {
      throw new AnswerTooLarge(limit);
    }
    if (length + more > bytes.length) {
      long wanted = Math.max(length + (long) more, 2L * bytes.length);
      bytes = Arrays.copyOf(bytes, (int) Math.min(limit, Math.max(wanted, FIRST)));
    }
    chunk.readBytes(bytes, length, more);
    length += more;
    return this;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** The body is longer than Sluice takes in. */
  static final class AnswerTooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AnswerTooLarge(int limit) {
      super("the answer is larger than " + limit / (1024 * 1024) + " MiB");
    }
  }
}
