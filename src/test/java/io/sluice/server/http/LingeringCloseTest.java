package io.sluice.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.netty.NettyPipeline;

/** A connection is closed at once, unless its client still sends what belongs to an answer. */
final class LingeringCloseTest {
  private final EmbeddedChannel channel = new EmbeddedChannel();

  LingeringCloseTest() {
    channel.freezeTime();
    channel.pipeline().addLast(NettyPipeline.HttpCodec, new HttpServerCodec());
    LingeringClose.install(channel.pipeline());
  }

  @AfterEach
  void end() {
    channel.finishAndReleaseAll();
  }

  @Test
  void theRestOfTheBodyIsReadBeforeItCloses() {
    send("POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\n12345");
    answer(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
    var closed = channel.pipeline().close();
    assertThat(channel.isOpen()).isTrue();
    ByteBuf rest = send("67890");
    assertThat(channel.isOpen()).isFalse();
    assertThat(closed.isSuccess()).isTrue();
    assertThat(rest.refCnt()).isZero();
    assertThat(timers()).isZero();
  }

  @Test
  void aClientThatSendsNothingForASecondIsNotWaitedFor() {
    send("POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\n1");
    answer(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
    var unused = channel.pipeline().close();
    pass(999);
    send("2");
    pass(999);
    assertThat(channel.isOpen()).isTrue();
    pass(1);
    assertThat(channel.isOpen()).isFalse();
    assertThat(timers()).isZero();
  }

  @Test
  void noClientIsReadFromForMoreThanHalfAMinute() {
    send("POST / HTTP/1.1\r\nContent-Length: 1000\r\n\r\n1");
    answer(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
    var unused = channel.pipeline().close();
    for (int i = 0; i < 60; i++) {
      assertThat(channel.isOpen()).isTrue();
      send("2");
      pass(500);
    }
    assertThat(channel.isOpen()).isFalse();
    assertThat(timers()).isZero();
  }

  @Test
  void aClientThatHangsUpLeavesNothingBehind() {
    send("POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\n1");
    answer(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
    var closed = channel.pipeline().close();
    channel.pipeline().fireChannelInactive();
    assertThat(closed.isSuccess()).isTrue();
    assertThat(timers()).isZero();
  }

  @Test
  void whoeverClosesASecondTimeDoesNotWait() {
    send("POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\n1");
    answer(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
    var first = channel.pipeline().close();
    var second = channel.pipeline().close();
    assertThat(channel.isOpen()).isFalse();
    assertThat(first.isSuccess()).isTrue();
    assertThat(second.isSuccess()).isTrue();
    assertThat(timers()).isZero();
  }

  @Test
  void aRequestWithoutAnAnswerIsCutOffAtOnce() {
    send("POST / HTTP/1.1\r\nContent-Length: 10\r\nExpect: 100-continue\r\n\r\n1");
    answer(HttpResponseStatus.CONTINUE);
    var unused = channel.pipeline().close();
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aRequestThatHasComeIsCutOffAtOnce() {
    send("POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n12");
    answer(HttpResponseStatus.OK);
    var unused = channel.pipeline().close();
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aConnectionThatStaysServesTheNextRequest() {
    send("POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\n12");
    answer(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
    channel.releaseInbound();
    send("34GET /next HTTP/1.1\r\n\r\n");
    assertThat(channel.inboundMessages()).hasSize(3);
    assertThat(channel.isOpen()).isTrue();
  }

  private ByteBuf send(String text) {
    ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    channel.writeInbound(bytes);
    return bytes;
  }

  private void answer(HttpResponseStatus status) {
    channel.writeOutbound(
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER));
  }

  private void pass(long millis) {
    channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
  }

  /** How long until the next timer, or 0 if there is none. */
  private long timers() {
    return Math.max(0, channel.runScheduledPendingTasks());
  }
}
