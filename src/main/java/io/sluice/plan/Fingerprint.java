package io.sluice.plan;

import java.util.List;

/**
 * Turns texts into 64-bit hashes that are keyed, so that what collides in one run does not in the
 * next. A hash finds candidates; it proves nothing. Never 0.
 */
final class Fingerprint {
  private static final long ODD = 0x9E3779B97F4A7C15L;

  private final long seed;
  private final long mask;

  /**
   * @param seed a fresh random one for every account
   * @param mask the bits of the hash that count
   */
  Fingerprint(long seed, long mask) {
    this.seed = seed;
    this.mask = mask;
  }

  long of(List<String> texts) {
    long hash = seed;
    for (String text : texts) {
      hash = of(hash, text);
    }
    return finished(hash);
  }

  long of(String text) {
    return finished(of(~seed, text));
  }

  private static long of(long start, String text) {
    long hash = start ^ (text.length() * ODD);
    for (int i = 0; i < text.length(); i++) {
      long mixed = (hash ^ text.charAt(i)) * ODD;
      hash = mixed ^ (mixed >>> 29);
    }
    return hash * ODD + 1;
  }

  private long finished(long hash) {
    long once = (hash ^ (hash >>> 32)) * 0xD6E8FEB86659FD93L;
    long twice = (once ^ (once >>> 32)) * 0xD6E8FEB86659FD93L;
    long result = (twice ^ (twice >>> 32)) & mask;
    return result == 0 ? 1 : result;
  }
}
