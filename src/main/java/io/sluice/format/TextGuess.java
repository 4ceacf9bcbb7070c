package io.sluice.format;

import io.sluice.catalog.Catalog;
import io.sluice.format.csv.Delimited;
import io.sluice.format.text.Gunzip;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The format of a file as its bytes suggest it: a proposal for the user, who sees its effect.
 *
 * @param encoding the first of UTF-8, UTF-16, Windows-1252 and ISO-8859-1 in which its bytes are
 *     text
 * @param format how its rows seem to be written
 */
public record TextGuess(Charset encoding, InputFormat format) {
  private static final int FIRST = 64 * 1024;
  private static final long MOST = 64L << 20;
  private static final List<Charset> SINGLE =
      List.of(StandardCharsets.UTF_8, Charset.forName("windows-1252"));

  /**
   * Looks at a file's first 64 MiB, decompressed. Blocking.
   *
   * @param in the file's bytes, compressed or not; closed in the end
   */
  public static TextGuess of(InputStream in) throws IOException {
    try (in;
        InputStream plain = Gunzip.orPlain(in)) {
      byte[] first = plain.readNBytes(FIRST);
      Charset wide = utf16(first);
      Charset encoding = wide == null ? single(first, plain) : wide;
      return new TextGuess(encoding, format(new String(first, encoding)));
    }
  }

  /**
   * The order of bytes of UTF-16, by its mark or by the zeros of plain letters.
   *
   * @param bytes how a text begins
   * @return null if it is no UTF-16
   */
  public static @Nullable Charset utf16(byte[] bytes) {
    int[] zeros = new int[2];
    for (int i = 0; i < bytes.length; i++) {
      zeros[i % 2] += bytes[i] == 0 ? 1 : 0;
    }
    boolean little = bytes.length > 1 && bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe;
    boolean big = bytes.length > 1 && bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xff;
    if (little || 3 * zeros[1] > bytes.length) {
      return StandardCharsets.UTF_16LE;
    }
    return big || 3 * zeros[0] > bytes.length ? StandardCharsets.UTF_16BE : null;
  }

  private static Charset single(byte[] first, InputStream rest) throws IOException {
    List<Decoding> left = SINGLE.stream().map(Decoding::new).toList();
    byte[] chunk = first;
    for (long read = 0; read < MOST && chunk.length > 0; read += chunk.length) {
      byte[] bytes = chunk;
      chunk = rest.readNBytes(FIRST);
      boolean last = chunk.length == 0;
      left.forEach(decoding -> decoding.add(bytes, last));
    }
    return left.stream()
        .filter(decoding -> decoding.fits)
        .map(decoding -> decoding.decoder.charset())
        .findFirst()
        .orElse(StandardCharsets.ISO_8859_1);
  }

  /** True if bytes are text in one encoding. */
  private static final class Decoding {
    private final CharsetDecoder decoder;
    private final CharBuffer out = CharBuffer.allocate(FIRST + 16);
    private ByteBuffer rest = ByteBuffer.allocate(0);
    private boolean fits = true;

    Decoding(Charset charset) {
      decoder =
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    void add(byte[] bytes, boolean last) {
      ByteBuffer in = ByteBuffer.allocate(rest.remaining() + bytes.length).put(rest).put(bytes);
      in.flip();
      fits &= !decoder.decode(in, out.clear(), last).isError();
      rest = in;
    }
  }

  private static InputFormat format(String text) {
    String line =
        text.lines()
            .map(each -> each.startsWith("\ufeff") ? each.substring(1) : each)
            .filter(each -> !each.isBlank() && !each.startsWith("#"))
            .findFirst()
            .orElse("");
    if (line.stripLeading().startsWith("{") || line.stripLeading().startsWith("[{")) {
      return InputFormat.JSONL;
    }
    boolean cells =
        Delimited.delimiter(line) != null
            || Catalog.resources().stream()
                .anyMatch(resource -> Delimited.namesFields(resource, line));
    return cells ? InputFormat.CSV : InputFormat.LIST;
  }
}
