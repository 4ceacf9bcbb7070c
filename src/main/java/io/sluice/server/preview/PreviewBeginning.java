package io.sluice.server.preview;

import io.sluice.disk.PrivateFiles;
import io.sluice.format.InputFormat;
import io.sluice.format.InputOptions;
import io.sluice.format.TextGuess;
import io.sluice.format.csv.Dialect;
import io.sluice.format.text.Gunzip;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a large upload, to its last whole row, so that a preview takes bounded time and
 * room however far a compressed file unfolds. Blocking.
 */
final class PreviewBeginning {
  private static final int BUFFER = 1 << 16;

  private PreviewBeginning() {}

  /**
   * The file to look at: the upload itself, or a copy of its beginning if it is larger.
   *
   * @param scratch a directory for the copy
   * @param input how it is read
   * @param most how many bytes are looked at, decompressed
   */
  static Path of(Path upload, Path scratch, InputOptions input, long most) throws IOException {
    try (InputStream file = Files.newInputStream(upload);
        InputStream in = Gunzip.orPlain(file)) {
      boolean packed = in instanceof Gunzip;
      Path copy = scratch.resolve("beginning");
      return (packed || Files.size(upload) > most) && copied(in, copy, input, most) ? copy : upload;
    } catch (ZipException | EOFException damaged) {
      // Reported by the check itself, with its place.
      return upload;
    }
  }

  /** Copies whole rows; false if all of it is not more than that many bytes. */
  private static boolean copied(InputStream in, Path copy, InputOptions input, long most)
      throws IOException {
    long end = 0;
    long at = 0;
    boolean quoted = false;
    Charset wide = null;
    int quote = input.format() == InputFormat.CSV ? input.dialect().quote() : Dialect.NO_QUOTE;
    try (FileChannel out = PrivateFiles.create(copy)) {
      byte[] bytes = new byte[BUFFER];
      while (at < most) {
        int read = in.readNBytes(bytes, 0, (int) Math.min(BUFFER, most - at));
        if (read == 0) {
          return false;
        }
        wide = at == 0 ? wide(Arrays.copyOf(bytes, read), input.encoding()) : wide;
        int width = wide == null ? 1 : 2;
        for (int i = 0; i + width <= read; i += width) {
          int unit = wide == null ? bytes[i] : unit(bytes, i, wide);
          quoted ^= unit == quote;
          if (unit == '\n' && !quoted) {
            end = at + i + width;
          }
        }
        write(out, ByteBuffer.wrap(bytes, 0, read));
        at += read;
      }
      if (in.read() < 0) {
        return false;
      }
      out.truncate(end == 0 ? at : end);
      return true;
    }
  }

  /**
   * The order of the bytes of UTF-16, as it was said or as the bytes show it; null if it is none.
   */
  private static @Nullable Charset wide(byte[] beginning, Charset said) {
    return said.equals(StandardCharsets.UTF_16LE) || said.equals(StandardCharsets.UTF_16BE)
        ? said
        : TextGuess.utf16(beginning);
  }

  /** A unit of UTF-16, of which a byte alone may look like the end of a line. */
  private static int unit(byte[] bytes, int at, Charset wide) {
    int first = bytes[at] & 0xff;
    int second = bytes[at + 1] & 0xff;
    return wide.equals(StandardCharsets.UTF_16BE) ? first << 8 | second : second << 8 | first;
  }

  private static void write(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }
}
