package io.sluice.api.transport;

import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the arrays of bodies that are no longer read, for later bodies: an export receives hundreds
 * of megabytes, and a new array for each body has to be cleared before and collected after. Keeps 8
 * MiB at most. Thread-safe.
 */
public final class BodyPool {
  private static final int MOST_BYTES = 8 << 20;

  private final ArrayDeque<byte[]> arrays = new ArrayDeque<>();
  private int bytes;
  private int usual;

  /** An array of at least that size, which holds anything; a smaller one is not kept any longer. */
  synchronized byte @Nullable [] take(int least) {
    byte[] latest = arrays.pollLast();
    if (latest == null) {
      return null;
    }
    bytes -= latest.length;
    return latest.length >= least ? latest : null;
  }

  /** Notes how long a body was. */
  synchronized void received(int length) {
    usual = Math.max(length, usual - usual / 8);
  }

  /** How long bodies were lately, or somewhat longer; 0 if there was none. */
  synchronized int usual() {
    return usual;
  }

  /** Takes an array back; its giver must not read it again. */
  public synchronized void giveBack(byte[] array) {
    assert scribbled(array);
    if (array.length <= MOST_BYTES - bytes) {
      bytes += array.length;
      arrays.addLast(array);
    }
  }

  /** Keeps none of those that it has. */
  synchronized void clear() {
    arrays.clear();
    bytes = 0;
  }

  /** Makes a later read visible where assertions are on, which is in tests. */
  private static boolean scribbled(byte[] array) {
    Arrays.fill(array, (byte) '!');
    return true;
  }
}
