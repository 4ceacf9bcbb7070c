package io.sluice.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.resolver.DefaultAddressResolverGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/**
 * The least that can be done with the same client: fetches pages 1 to N, eight in flight, and
 * appends their bytes to a file as they come. It parses, checks, orders, repeats and paces nothing.
 * Its client is tuned as Sluice's is, so that the two differ by Sluice's own work alone.
 */
public final class RawLoop {
  private static final int IN_FLIGHT = 8;

  private RawLoop() {}

  /** Takes the number of pages and the file. */
  public static void main(String[] args) throws IOException {
    System.setProperty("io.netty.jfr.enabled", "false");
    System.setProperty("io.netty.transport.noNative", "true");
    int pages = Integer.parseInt(args[0]);
    Target target = Target.of(System.getenv());
    HttpClient client =
        HttpClient.create(ConnectionProvider.create("raw", IN_FLIGHT))
            .runOn(LoopResources.create("raw", 3, 3, true, false), false)
            .resolver(DefaultAddressResolverGroup.INSTANCE)
            .option(
                ChannelOption.RECVBUF_ALLOCATOR,
                new AdaptiveRecvByteBufAllocator(2048, 64 * 1024, 1 << 20))
            .headers(headers -> headers.set("Authorization", target.authorization()));
    try (FileChannel file =
        FileChannel.open(
            Path.of(args[1]), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      Long bytes =
          Flux.range(1, pages)
              .flatMap(number -> fetch(client, target.page(number), file), IN_FLIGHT)
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
        .responseSingle((response, body) -> body.map(bytes -> append(bytes, file)));
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
