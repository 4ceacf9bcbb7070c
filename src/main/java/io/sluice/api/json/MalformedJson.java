package io.sluice.api.json;

import java.util.Locale;
import tools.jackson.core.exc.StreamReadException;

/** An answer that is no JSON by RFC 8259, is not UTF-8, or goes beyond what is read of it. */
public final class MalformedJson extends StreamReadException {
  private static final long serialVersionUID = 1L;

  public MalformedJson(String message) {
    super(message);
  }

  /** The byte at {@code at} cannot stand there; at the end of an answer that is the end itself. */
  public static MalformedJson unexpected(byte[] bytes, int at, int end) {
    return new MalformedJson(
        at >= end
            ? "the answer breaks off after " + end + " bytes"
            : String.format(Locale.ROOT, "unexpected byte 0x%02x at offset %d", bytes[at], at));
  }
}
