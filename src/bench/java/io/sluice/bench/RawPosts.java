package io.sluice.bench;

import io.netty.buffer.Unpooled;
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

/**
 * The least that can be done with the same client: posts bodies that were made before, so many in
 * flight, and throws the answers away. It checks nothing but their status, keeps no record and
 * repeats what is lost without a look at what became of it.
 */
public final class RawPosts {
  /** A call that is lost is made again, or some rows would be missing. */
  private static final int RETRIES = 5;

  /** It was made after all by a call whose answer was lost, which is all that this asks. */
  private static final int CONFLICT = 409;

  private RawPosts() {}

  /** Takes a file with a body on each line, the path to post to, and how many at once. */
  public static void main(String[] args) throws IOException {
    RawClient.prepare();
    List<byte[]> bodies;
    try (var lines = Files.lines(Path.of(args[0]))) {
      bodies = lines.map(line -> line.getBytes(StandardCharsets.UTF_8)).toList();
    }
    int inFlight = Integer.parseInt(args[2]);
    Target target = Target.of(System.getenv());
    URI uri = URI.create(target.settings() + args[1]);
    HttpClient client = RawClient.of(target, inFlight);
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
        .single()
        .retry(RETRIES);
  }

  private static int status(HttpClientResponse response) {
    int status = response.status().code();
    if (status / 100 != 2 && status != CONFLICT) {
      throw new IllegalStateException("HTTP " + status);
    }
    return status;
  }
}
