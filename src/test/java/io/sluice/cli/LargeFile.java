package io.sluice.cli;

import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;

/** A file of random bytes that are made as they are read, and are nowhere kept. */
final class LargeFile extends InputStream {
  private final SplittableRandom random;
  private final MessageDigest digest;
  private long left;

  LargeFile(long seed, long bytes) {
    random = new SplittableRandom(seed);
    left = bytes;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) {
    if (left == 0) {
      return -1;
    }
    byte[] some = new byte[(int) Math.min(left, length)];
    random.nextBytes(some);
    System.arraycopy(some, 0, bytes, from, some.length);
    digest.update(some);
    left -= some.length;
    return some.length;
  }

  /** The sha256 of all of it, once it was read. */
  String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
