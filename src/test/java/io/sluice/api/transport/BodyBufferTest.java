package io.sluice.api.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.sluice.api.transport.BodyBuffer.AnswerTooLarge;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body is gathered whole, up to the limit and not a byte further. */
final class BodyBufferTest {
  private static final int LIMIT = 1000;

  @Property(tries = 200)
  void anyChunksWhateverWasAnnouncedAreTheBody(
      @ForAll long seed, @ForAll @IntRange(min = -1, max = 70_000) int announced) {
    Random random = new Random(seed);
    byte[] body = new byte[random.nextInt(60_000)];
    random.nextBytes(body);
    BodyBuffer buffer = new BodyBuffer(announced, 64 * 1024, null);
    for (int at = 0; at < body.length; ) {
      int size = Math.min(body.length - at, random.nextInt(20_000));
      buffer.append(Unpooled.wrappedBuffer(body, at, size));
      at += size;
    }

    assertThat(Arrays.copyOf(buffer.bytes(), buffer.length())).isEqualTo(body);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1, LIMIT, LIMIT + 1, Long.MAX_VALUE})
  void exactlyTheLimitFits(long announced) {
    BodyBuffer buffer = new BodyBuffer(announced, LIMIT, null);
    buffer.append(Unpooled.wrappedBuffer(new byte[LIMIT - 1]));
    buffer.append(Unpooled.wrappedBuffer(new byte[1]));

    assertThat(buffer.length()).isEqualTo(LIMIT);
    assertThatThrownBy(() -> buffer.append(Unpooled.wrappedBuffer(new byte[1])))
        .isInstanceOf(AnswerTooLarge.class);
  }

  @Test
  void anAnnouncementBeyondTheLimitTakesNoMemoryBeyondIt() {
    assertThat(new BodyBuffer(Long.MAX_VALUE, LIMIT, null).bytes()).hasSize(LIMIT);
  }

  @Test
  void anEmptyBodyIsEmpty() {
    assertThat(new BodyBuffer(0, LIMIT, null).length()).isZero();
  }
}
