package io.sluice.api.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.EOFException;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClientRequest;

/**
 * Notices that a body which only the end of its connection ends was cut off: over TLS, the server
 * says before that nothing more comes. Source: RFC 9112, "Message Body Length" and "TLS Connection
 * Closure".
 */
final class CutOffBody extends ChannelInboundHandlerAdapter {
  private boolean endless;
  private boolean cutOff;

  private CutOffBody() {}

  /** Called for every request before it is sent. */
  static void notice(HttpClientRequest request, Connection connection) {
    ChannelPipeline pipeline = connection.channel().pipeline();
    if (pipeline.get(CutOffBody.class) == null) {
      pipeline.addBefore(
          NettyPipeline.ReactiveBridge, CutOffBody.class.getSimpleName(), new CutOffBody());
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    cutOff |= event instanceof SslCloseCompletionEvent close && !close.isSuccess();
    context.fireUserEventTriggered(event);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpResponse response) {
      endless =
          !response.headers().contains(HttpHeaderNames.CONTENT_LENGTH)
              && !HttpUtil.isTransferEncodingChunked(response);
    }
    if (message instanceof LastHttpContent && endless && cutOff) {
      ReferenceCountUtil.release(message);
      context.fireExceptionCaught(new EOFException("it was cut off"));
    } else {
      context.fireChannelRead(message);
    }
  }
}
