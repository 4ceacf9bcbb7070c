package io.sluice.server.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Reads on for a while before it closes a connection whose client still sends the body of a request
 * that has its answer, such as a file that is too large. TCP resets a connection that is closed
 * with bytes unread, and a reset can take the answer away before the client has read it (RFC 9112,
 * section 9.6). For one connection, on its event loop.
 */
public final class LingeringClose extends ChannelDuplexHandler {
  private static final int IDLE_SECONDS = 1;
  private static final int LONGEST_SECONDS = 30;

  private boolean inBody;
  private boolean answered;
  private @Nullable ChannelPromise closing;
  private @Nullable Future<?> idle;
  private @Nullable Future<?> longest;

  private LingeringClose() {}

  /** Has the pipeline's connection closed in this way. */
  public static void install(ChannelPipeline pipeline) {
    pipeline.addAfter(NettyPipeline.HttpCodec, "sluice.lingeringClose", new LingeringClose());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest) {
      inBody = true;
      answered = false;
    }
    boolean ended = message instanceof LastHttpContent;
    inBody &= !ended;
    if (closing == null) {
      context.fireChannelRead(message);
      return;
    }
    ReferenceCountUtil.release(message);
    if (ended) {
      end(context);
    } else {
      awaitMore(context);
    }
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // the promise is whoever's who writes
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    answered |=
        message instanceof HttpResponse response
            && response.status().codeClass() != HttpStatusClass.INFORMATIONAL;
    context.write(message, promise);
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // the promise is whoever's who closes
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    if (closing != null || !inBody || !answered || !context.channel().isActive()) {
      context.close(promise);
      return;
    }
    closing = promise;
    longest = context.executor().schedule(() -> end(context), LONGEST_SECONDS, TimeUnit.SECONDS);
    awaitMore(context);
    context.channel().config().setAutoRead(true);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    end(context);
    context.fireChannelInactive();
  }

  private void awaitMore(ChannelHandlerContext context) {
    if (idle != null) {
      idle.cancel(false);
    }
    idle = context.executor().schedule(() -> end(context), IDLE_SECONDS, TimeUnit.SECONDS);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the promise is whoever's who closes
  private void end(ChannelHandlerContext context) {
    ChannelPromise promise = closing;
    if (promise == null || promise.isDone()) {
      return;
    }
    if (idle != null) {
      idle.cancel(false);
    }
    if (longest != null) {
      longest.cancel(false);
    }
    context.close(promise);
  }
}
