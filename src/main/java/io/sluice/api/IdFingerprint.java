package io.sluice.api;

/**
 * Turns ids into 64-bit fingerprints that are keyed, so that two ids which happen to collide in one
 * reading do not in the next.
 */
public final class IdFingerprint {
  private static final long ODD = 0x9E3779B97F4A7C15L;
  private final long seed;

  /** Fingerprints keyed by {@code seed}; take a fresh random one for every reading. */
  public IdFingerprint(long seed) {
    this.seed = seed;
  }

  long of(char[] text, int offset, int length) {
    long hash = seed ^ (length * ODD);
    for (int i = offset; i < offset + length; i++) {
      hash = step(hash, text[i]);
    }
    return finish(hash);
  }

  long of(byte[] bytes, int from, int to) {
    long hash = ~seed ^ ((to - from) * ODD);
    for (int i = from; i < to; i++) {
      hash = step(hash, bytes[i]);
    }
    return finish(hash);
  }

  private static long step(long hash, int unit) {
    long mixed = (hash ^ unit) * ODD;
    return mixed ^ (mixed >>> 29);
  }

  /** The finishing steps of MurmurHash3, which spread every bit over all others. */
  private static long finish(long hash) {
    long h = (hash ^ (hash >>> 33)) * 0xFF51AFD7ED558CCDL;
    h = (h ^ (h >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return h ^ (h >>> 33);
  }
}
