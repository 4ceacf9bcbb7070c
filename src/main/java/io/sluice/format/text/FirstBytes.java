package io.sluice.format.text;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A stream whose first bytes can be looked at before it is read. What fails while they are fetched
 * fails again where a reader gets to that place. Blocking.
 */
final class FirstBytes extends InputStream {
  private final InputStream rest;
  private final byte[] first;
  private final @Nullable IOException failure;
  private int at;

  private FirstBytes(InputStream rest, byte[] first, @Nullable IOException failure) {
    this.rest = rest;
    this.first = first;
    this.failure = failure;
  }

  /** Fetches that many bytes, or as many as there are. */
  static FirstBytes of(InputStream in, int length) {
    byte[] first = new byte[length];
    int had = 0;
    try {
      int read = 0;
      while (had < length && read >= 0) {
        had += read;
        read = in.read(first, had, length - had);
      }
      return new FirstBytes(in, Arrays.copyOf(first, had), null);
    } catch (IOException later) {
      return new FirstBytes(in, Arrays.copyOf(first, had), later);
    }
  }

  /** The bytes that were fetched, whether or not they have been read since. */
  byte[] bytes() {
    return first;
  }

  /** True if the stream begins with these bytes, each as one of 0 to 255. */
  boolean beginsWith(int... bytes) {
    if (first.length < bytes.length) {
      return false;
    }
    for (int i = 0; i < bytes.length; i++) {
      if ((first[i] & 0xff) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int from, int length) throws IOException {
    if (at < first.length) {
      int copied = Math.min(length, first.length - at);
      System.arraycopy(first, at, to, from, copied);
      at += copied;
      return copied;
    } else if (failure != null) {
      throw failure;
    }
    return rest.read(to, from, length);
  }

  @Override
  public void close() throws IOException {
    rest.close();
  }
}
