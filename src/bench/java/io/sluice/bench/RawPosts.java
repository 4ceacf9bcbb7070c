package io.sluice.bench;

import io.netty.buffer.Unpooled;
import io.netty.resolver.DefaultAddressResolverGroup;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/**
 * The least that can be done with the same client: posts bodies that were made before, so many in
 * flight, and throws the answers away. It checks nothing but their status, keeps no record and
 * never repeats anything. Its client is tuned as Sluice's is.
 */
public final class RawPosts {
  private RawPosts() {}

  /** Takes a file with a body on each line, the path to post to, and how many at once. */
  public static void main(String[] args) throws IOException {
    System.setProperty("io.netty.jfr.enabled", "false");
    System.setProperty("io.netty.transport.noNative", "true");
    List<byte[]> bodies;
    try (var lines = Files.lines(Path.of(args[0]))) {
      bodies = lines.map(line -> line.getBytes(StandardCharsets.UTF_8)).toList();
    }
    int inFlight = Integer.parseInt(args[2]);
    Target target = Target.of(System.getenv());
    URI uri = URI.create(target.settings() + args[1]);
    HttpClient client =
        HttpClient.create(ConnectionProvider.create("raw", inFlight + 2))
            .runOn(LoopResources.create("raw", 3, 3, true, false), false)
            .resolver(DefaultAddressResolverGroup.INSTANCE)
            .headers(
                headers ->
                    headers
                        .set("Authorization", target.authorization())
                        .set("Content-Type", "application/json"));
    Long sent =
        Flux.fromIterable(bodies)
            .flatMap(body -> post(client, uri, body), inFlight, inFlight)
            .count()
            .block();
    System.out.println(sent);
    System.exit(0);
  }

  private static Mono<Integer> post(HttpClient client, URI uri, byte[] body) {
    return client
        .post()
        .uri(uri)
        .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)))
        .response((response, content) -> content.then(Mono.fromSupplier(() -> status(response))))
        .single();
  }

  private static int status(HttpClientResponse response) {
    int status = response.status().code();
    if (status / 100 != 2) {
      throw new IllegalStateException("HTTP " + status);
    }
    return status;
  }
}
