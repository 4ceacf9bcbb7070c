package io.sluice.api.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpMethod;
import io.sluice.api.ApiRig;
import io.sluice.api.Credential;
import io.sluice.api.SmallServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/**
 * Arrays are used again, few are kept, and a body in a used array is as good as one in a new one.
 */
final class BodyPoolTest {
  private static final int MEBI = 1 << 20;
  private final BodyPool pool = new BodyPool();

  @Test
  void anArrayThatIsGivenBackIsTakenAgainOnce() {
    byte[] array = new byte[1000];
    pool.giveBack(array);

    assertThat(pool.take(900)).isSameAs(array);
    assertThat(pool.take(1)).isNull();
  }

  @Test
  void anArrayThatIsTooSmallIsNotKept() {
    pool.giveBack(new byte[1000]);

    assertThat(pool.take(1001)).isNull();
    assertThat(pool.take(1)).isNull();
  }

  @Test
  void aFewMegabytesAreKept() {
    for (int i = 0; i < 20; i++) {
      pool.giveBack(new byte[MEBI]);
    }
    int kept = 0;
    while (pool.take(1) != null) {
      kept++;
    }

    assertThat(kept).isEqualTo(8);
    pool.giveBack(new byte[MEBI]);
    assertThat(pool.take(1)).hasSize(MEBI);
  }

  @Test
  void whoeverLooksAtAnArrayThatWasGivenBackSeesItInTests() {
    byte[] array = "{}".getBytes(StandardCharsets.US_ASCII);
    pool.giveBack(array);

    assertThat(array).containsOnly('!');
  }

  @Test
  void aBodyOfUnknownLengthGetsRoomForOneLikeThoseBefore() {
    pool.received(400_000);
    pool.received(100);

    assertThat(new BodyBuffer(-1, MEBI, pool).bytes().length).isBetween(350_000, 450_000);
  }

  @Test
  void longBodiesAreForgotten() {
    pool.received(MEBI);
    for (int i = 0; i < 100; i++) {
      pool.received(10);
    }

    assertThat(pool.usual()).isLessThan(100);
  }

  /** The run of an import may write for hours once it has read the account. */
  @Test
  void whoeverBeginsToWriteHasReadAllPages() throws Exception {
    byte[] answer = SmallServer.bytes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
    try (SmallServer server = SmallServer.answering(answer)) {
      URI address = URI.create("http://127.0.0.1:" + server.port());
      Transport transport = Transport.to(address, Credential.token("t"), ApiRig.options());
      transport.pool().giveBack(new byte[MEBI]);
      transport.exchange(HttpMethod.DELETE, address, null).block(Duration.ofSeconds(10));

      assertThat(transport.pool().take(1)).isNull();
      transport.close().block(Duration.ofSeconds(10));
    }
  }

  @Property(tries = 200)
  void aBodyInAUsedArrayIsTheSameBody(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 40_000) int used,
      @ForAll @IntRange(min = -1, max = 50_000) int announced) {
    Random random = new Random(seed);
    byte[] body = new byte[random.nextInt(50_000)];
    random.nextBytes(body);
    pool.giveBack(new byte[used]);
    BodyBuffer buffer = new BodyBuffer(announced, MEBI, pool);
    for (int at = 0; at < body.length; ) {
      int size = Math.min(body.length - at, 1 + random.nextInt(20_000));
      buffer.append(Unpooled.wrappedBuffer(body, at, size));
      at += size;
    }

    assertThat(Arrays.copyOf(buffer.bytes(), buffer.length())).isEqualTo(body);
  }
}
