package io.sluice.api.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClientRequest;

/**
 * Drops what a server or a proxy says before its answer, such as 102 Processing or 103 Early Hints.
 * Reactor Netty would take that for the answer, and the answer for that to the next request of the
 * connection. Source: RFC 9110, "Informational 1xx".
 */
final class InterimAnswers extends ChannelInboundHandlerAdapter {
  private boolean dropping;

  private InterimAnswers() {}

  /** Called for every request before it is sent. */
  static void drop(HttpClientRequest request, Connection connection) {
    ChannelPipeline pipeline = connection.channel().pipeline();
    if (pipeline.get(InterimAnswers.class) == null) {
      pipeline.addBefore(
          NettyPipeline.ReactiveBridge, InterimAnswers.class.getSimpleName(), new InterimAnswers());
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    dropping |= message instanceof HttpResponse response && isInterim(response.status());
    if (!dropping) {
      context.fireChannelRead(message);
      return;
    }
    dropping = !(message instanceof LastHttpContent);
    ReferenceCountUtil.release(message);
    // Nobody else asks for more: nothing seems to have come.
    context.read();
  }

  /** Reactor Netty knows what to do with the two first ones. */
  private static boolean isInterim(HttpResponseStatus status) {
    return status.codeClass() == HttpStatusClass.INFORMATIONAL
        && !status.equals(HttpResponseStatus.CONTINUE)
        && !status.equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
  }
}
