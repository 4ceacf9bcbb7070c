package io.sluice.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Turns bytes and texts into 64-bit hashes that depend on a key, so that what collides under one
 * key does not under the next. Eight bytes, or four UTF-16 units, are taken a step, and each step
 * keeps both halves of a product of 128 bits. A text and its bytes have different hashes. Of n
 * different inputs under a key that was drawn at random, two share a hash with a chance of about n²
 * in 2⁶⁵: one in 37 million for a million inputs, one in 370,000 for ten million. A hash is never
 * 0. It is no protection against somebody who knows the key.
 */
public final class Hash64 {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** 2⁶⁴ divided by the golden ratio: odd, and without a pattern in its bits. */
  private static final long ODD = 0x9E3779B97F4A7C15L;

  private static final int UNITS = Long.BYTES / Character.BYTES;

  private final long key;
  private final long bits;

  private Hash64(long key, long bits) {
    this.key = key;
    this.bits = bits;
  }

  /** Hashes under that key. */
  public static Hash64 keyed(long key) {
    return new Hash64(key, -1L);
  }

  /** Hashes of which only the given bits count: to try what collisions do. */
  public static Hash64 colliding(long bits) {
    return new Hash64(1, bits);
  }

  /** Hashes under a key of their own, for whoever compares hashes within one run alone. */
  public static Hash64 random() {
    return keyed(ThreadLocalRandom.current().nextLong());
  }

  /** The hash of {@code bytes[from, to)}. */
  public long of(byte[] bytes, int from, int to) {
    long hash = key ^ ((to - from) * ODD);
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      hash = mixed(hash ^ (long) WORD.get(bytes, at));
    }
    if (at < to) {
      hash = mixed(hash ^ rest(bytes, at, to));
    }
    return finished(hash);
  }

  /** The hash of a text. */
  public long of(String text) {
    return finished(with(key, text));
  }

  /** The hash of several texts in order; no two lists of texts read alike. */
  public long of(List<String> texts) {
    long hash = ~key;
    for (String text : texts) {
      hash = with(hash, text);
    }
    return finished(hash);
  }

  private static long with(long start, String text) {
    long hash = mixed(start ^ (text.length() * ODD));
    int at = 0;
    for (; at <= text.length() - UNITS; at += UNITS) {
      hash = mixed(hash ^ units(text, at, UNITS));
    }
    return at < text.length() ? mixed(hash ^ units(text, at, text.length() - at)) : hash;
  }

  private static long units(String text, int from, int count) {
    long units = 0;
    for (int i = 0; i < count; i++) {
      units = units << Character.SIZE | text.charAt(from + i);
    }
    return units;
  }

  /** Up to seven bytes as one number. */
  private static long rest(byte[] bytes, int from, int to) {
    if (from <= bytes.length - Long.BYTES) {
      long behind = -1L << (Byte.SIZE * (to - from));
      return (long) WORD.get(bytes, from) & ~behind;
    }
    long rest = 0;
    for (int i = to - 1; i >= from; i--) {
      rest = rest << Byte.SIZE | (bytes[i] & 0xFF);
    }
    return rest;
  }

  private static long mixed(long value) {
    return Math.multiplyHigh(value, ODD) ^ (value * ODD);
  }

  private long finished(long hash) {
    long result = mixed(hash ^ (hash >>> 32)) & bits;
    return result == 0 ? 1 : result;
  }
}
