package io.sluice.bench;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * The least that can be done with the same client: fetches pages 1 to N, eight in flight, and
 * appends their bytes to a file as they come. It parses, checks, orders and paces nothing.
 */
public final class RawLoop {
  private static final int IN_FLIGHT = 8;

  /** A call that is lost is made again, or the loop would not come to its end. */
  private static final int RETRIES = 5;

  private RawLoop() {}

  /** Takes the number of pages, the file and, if not eight, how many pages at once. */
  public static void main(String[] args) throws IOException {
    RawClient.prepare();
    int pages = Integer.parseInt(args[0]);
    Target target = Target.of(System.getenv());
    int inFlight = args.length > 2 ? Integer.parseInt(args[2]) : IN_FLIGHT;
    HttpClient client = RawClient.of(target, inFlight);
    try (FileChannel file =
        FileChannel.open(
            Path.of(args[1]), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      Long bytes =
          Flux.range(1, pages)
              .flatMap(number -> fetch(client, target.page(number), file), inFlight)
              .reduce(0L, Long::sum)
              .block();
      System.out.println(bytes);
    }
    System.exit(0);
  }

  private static Mono<Long> fetch(HttpClient client, String page, FileChannel file) {
    return client
        .get()
        .uri(URI.create(page))
        .responseSingle((response, body) -> body.map(bytes -> append(bytes, file)))
        .retry(RETRIES);
  }

  private static long append(ByteBuf bytes, FileChannel file) {
    long length = bytes.readableBytes();
    synchronized (file) {
      try {
        while (bytes.isReadable()) {
          bytes.readBytes(file, bytes.readableBytes());
        }
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
    return length;
  }
}
