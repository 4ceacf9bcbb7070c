package io.sluice.server.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Answers a request whose head cannot be read, after those before it on the connection, and closes
 * the connection. Reactor Netty up to 1.3.7 answers it too, but not while it still ends the request
 * before. For one connection, on its event loop.
 */
public final class UnreadableRequests extends ChannelDuplexHandler {
  private long open;
  private @Nullable HttpResponseStatus refusal;

  private UnreadableRequests() {}

  public static void install(ChannelPipeline pipeline) {
    pipeline.addAfter(NettyPipeline.HttpCodec, "sluice.unreadable", new UnreadableRequests());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (refusal != null) {
      ReferenceCountUtil.release(message);
    } else if (message instanceof HttpRequest request && request.decoderResult().isFailure()) {
      refusal = refusal(request.decoderResult().cause());
      ReferenceCountUtil.release(message);
      refuse(context);
    } else {
      if (message instanceof HttpRequest) {
        open++;
      }
      context.fireChannelRead(message);
    }
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // the promise belongs to the writer
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    ChannelPromise written = promise.unvoid();
    if (HeaderDeadline.endsAnswer(message)) {
      written.addListener(
          end -> {
            open--;
            refuse(context);
          });
    }
    context.write(message, written);
  }

  private void refuse(ChannelHandlerContext context) {
    if (refusal != null && open == 0) {
      FullHttpResponse answer =
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, refusal, Unpooled.EMPTY_BUFFER);
      answer
          .headers()
          .set(HttpHeaderNames.CONTENT_LENGTH, 0)
          .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
      context.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
    }
  }

  private static HttpResponseStatus refusal(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return HttpResponseStatus.REQUEST_URI_TOO_LONG;
    }
    return cause instanceof TooLongHttpHeaderException
        ? HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
        : HttpResponseStatus.BAD_REQUEST;
  }
}
