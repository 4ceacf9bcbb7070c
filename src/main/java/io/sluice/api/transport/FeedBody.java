package io.sluice.api.transport;

import io.sluice.flow.Blocking;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The body of a feed, on its way into a file. It is decompressed here, since the decompression of
 * the HTTP client does not notice that compressed data end too early: a list that lacks its end
 * would pass for a whole one.
 *
 * @param from where it comes from
 * @param encoding its {@code Content-Encoding}; empty for none
 * @param most how many bytes it may have, before and after it is decompressed
 */
record FeedBody(FeedAddress from, String encoding, long most) {
  private static final int BUFFER = 1 << 16;

  /**
   * Writes the body. Errors with {@link FeedException} if it is too large, cut off or encoded
   * otherwise than was asked for.
   *
   * @param file an existing file, whose content is replaced
   */
  Mono<Path> into(Path file, Flux<byte[]> content) {
    String coding = encoding.strip().toLowerCase(Locale.ROOT);
    boolean gzip = coding.equals("gzip") || coding.equals("x-gzip");
    if (!gzip && !coding.isEmpty() && !coding.equals("identity")) {
      return Mono.error(
          FeedException.refused(
              "the feed " + from + " is sent encoded as " + encoding.strip(),
              "nothing was changed; ask for a plain or gzipped form of it"));
    }
    return gzip
        ? Blocking.using(
            () -> Files.createTempFile(directory(file), ".feed", ".gz"),
            packed ->
                received(packed, content)
                    .doOnNext(bytes -> decompress(bytes, packed, file))
                    .thenReturn(file),
            packed -> Blocking.call(() -> Files.deleteIfExists(packed)))
        : received(file, content).thenReturn(file);
  }

  private static Path directory(Path file) {
    return file.toAbsolutePath().resolveSibling("");
  }

  private Mono<Long> received(Path file, Flux<byte[]> content) {
    return Mono.using(
            () -> emptied(file),
            out ->
                content
                    .publishOn(Schedulers.boundedElastic())
                    .reduce(0L, (bytes, part) -> append(out, bytes, part, part.length)),
            FeedBody::close)
        .subscribeOn(Schedulers.boundedElastic());
  }

  private static OutputStream emptied(Path file) throws IOException {
    return Files.newOutputStream(
        file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
  }

  private void decompress(long received, Path packed, Path file) {
    try (InputStream compressed = Files.newInputStream(packed);
        OutputStream plain = emptied(file)) {
      byte[] part = new byte[BUFFER];
      InputStream in = received == 0 ? compressed : new GZIPInputStream(compressed, BUFFER);
      long bytes = 0;
      for (int read = in.read(part); read >= 0; read = in.read(part)) {
        bytes = append(plain, bytes, part, read);
      }
    } catch (EOFException | ZipException damaged) {
      throw FeedException.damaged(from, damaged);
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  private long append(OutputStream out, long before, byte[] part, int length) {
    long bytes = before + length;
    if (bytes > most) {
      throw FeedException.refused(
          "the feed " + from + " is larger than " + (most >> 20) + " MiB",
          "fetch a smaller part of it");
    }
    try {
      out.write(part, 0, length);
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
    return bytes;
  }

  private static void close(OutputStream out) {
    try {
      out.close();
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }
}
