package io.sluice.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.sluice.api.transport.ProxySettings;
import io.sluice.api.transport.TransportOptions;
import io.sluice.hash.Hash64;
import io.sluice.sandbox.TestCertificate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.tcp.SslProvider;

/** Pages that are read into arrays which earlier pages have given back. */
final class UsedArraysTest {
  private static final int PAGES = 600;
  private static final int PART = 10_000;

  @TempDir private static Path directory = Path.of("");

  /** What a page takes bounds how many are on the way, and its array counts as a whole. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aSmallPageBehindLargeOnesTakesLittleMemory(boolean announced) throws Exception {
    DisposableServer server = server(number -> number < 4 ? 3_000_000 : 100_000, announced, null);
    try (ApiRig rig = rig(server, null)) {
      for (int number = 1; number < 4; number++) {
        page(rig, number).release();
      }
      for (int number = 4; number < 40; number++) {
        Page small = page(rig, number);
        assertThat(small.start(1)).isBetween(100_000, 101_000);
        assertThat(small.bytes().length).isLessThan(250_000);
        small.release();
      }
    } finally {
      server.disposeNow();
    }
  }

  /** Every page is looked at just before it is released, while others are cancelled on the way. */
  @Test
  void noPageShowsAnotherOnesBytesWhileCallsAreCancelled() throws Exception {
    DisposableServer server = server(UsedArraysTest::anySize, false, null);
    try (ApiRig rig = rig(server, null)) {
      lookAtAll(rig);
    } finally {
      server.disposeNow();
    }
  }

  @Test
  void noPageShowsAnotherOnesBytesOverHttp2() throws Exception {
    TestCertificate certificate = TestCertificate.in(directory, "api.sluice.example");
    DisposableServer server = server(UsedArraysTest::anySize, false, certificate);
    try (ApiRig rig = rig(server, certificate.pem(directory))) {
      lookAtAll(rig);
    } finally {
      server.disposeNow();
    }
  }

  private static int anySize(int number) {
    return new Random(number).nextInt(number % 7 == 0 ? 2_000_000 : 40_000);
  }

  private static void lookAtAll(ApiRig rig) {
    Random random = new Random(5);
    AtomicInteger seen = new AtomicInteger();
    Flux.range(1, PAGES)
        .flatMap(
            number -> {
              Mono<Page> call = rig.client.page(Listing.of(ApiRig.BLOCKS), number, Hash64.keyed(1));
              Mono<Page> cut = call.take(Duration.ofNanos(random.nextInt(20_000_000)));
              return (random.nextInt(3) == 0 ? cut : call)
                  .publishOn(Schedulers.boundedElastic())
                  .doOnNext(
                      page -> {
                        requireOwn(page);
                        page.release();
                        seen.incrementAndGet();
                      });
            },
            32)
        .blockLast(Duration.ofSeconds(60));
    assertThat(seen.get()).isGreaterThan(PAGES / 2);
  }

  private static void requireOwn(Page page) {
    byte[] wanted = record(page.number(), anySize(page.number())).getBytes(UTF_8);
    assertThat(page.count()).isEqualTo(1);
    for (int i = 0; i < wanted.length; i++) {
      if (page.bytes()[page.start(0) + i] != wanted[i]) {
        throw new AssertionError("page " + page.number() + " is another one at byte " + i);
      }
    }
  }

  private static Page page(ApiRig rig, int number) {
    return ApiRig.done(rig.client.page(Listing.of(ApiRig.BLOCKS), number, Hash64.keyed(1)));
  }

  private static ApiRig rig(DisposableServer server, @Nullable Path authorities) {
    TransportOptions options =
        ApiRig.options().withConcurrency(32).withNetwork(authorities, false, ProxySettings.NONE);
    String scheme = authorities == null ? "http" : "https";
    return ApiRig.to(
        scheme + "://127.0.0.1:" + server.port() + "/v4", Credential.token("tok-en"), options, 6);
  }

  /** Each page holds one record, of which it depends on the page's number how long it is. */
  private static DisposableServer server(
      IntUnaryOperator size, boolean announced, @Nullable TestCertificate certificate)
      throws Exception {
    HttpServer plain =
        HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .handle((request, response) -> answer(request, response, size, announced));
    if (certificate == null) {
      return plain.bindNow();
    }
    SslProvider.GenericSslContextSpec<?> keys = Http2SslContextSpec.forServer(certificate.keys());
    return plain.protocol(HttpProtocol.H2).secure(tls -> tls.sslContext(keys)).bindNow();
  }

  private static Mono<Void> answer(
      HttpServerRequest request,
      HttpServerResponse response,
      IntUnaryOperator size,
      boolean announced) {
    List<String> asked = new QueryStringDecoder(request.uri()).parameters().get("page");
    int number = Integer.parseInt(requireNonNull(asked).get(0));
    byte[] page =
        ("{\"success\":true,\"result\":[" + record(number, size.applyAsInt(number)) + "]}")
            .getBytes(UTF_8);
    List<ByteBuf> parts = new ArrayList<>();
    for (int at = 0; at < page.length; at += PART) {
      parts.add(Unpooled.wrappedBuffer(page, at, Math.min(PART, page.length - at)));
    }
    if (announced) {
      response.header("Content-Length", Integer.toString(page.length));
    }
    return response.send(Flux.fromIterable(parts), part -> true).then();
  }

  private static String record(int number, int size) {
    String text = "p" + number + "-";
    return "{\"id\":\"" + number + "\",\"comments\":\"" + text.repeat(size / text.length()) + "\"}";
  }
}
