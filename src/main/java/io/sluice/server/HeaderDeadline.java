package io.sluice.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Cuts a connection whose request takes too long to say what it wants, byte by byte. Idle
 * connections, and bodies that stand still, are Reactor Netty's business. For one connection, on
 * its event loop.
 */
final class HeaderDeadline extends ChannelInboundHandlerAdapter {
  private final Duration longest;
  private boolean inBody;
  private @Nullable Future<?> deadline;

  private HeaderDeadline(Duration longest) {
    this.longest = longest;
  }

  /** Has the pipeline's requests watched. */
  static void install(ChannelPipeline pipeline, Duration longest) {
    HeaderDeadline watch = new HeaderDeadline(longest);
    pipeline.addBefore(NettyPipeline.HttpCodec, "sluice.headerDeadline", watch);
    pipeline.addAfter(NettyPipeline.HttpCodec, "sluice.headerWatch", watch.new Watch());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof ByteBuf && !inBody && deadline == null) {
      deadline =
          context
              .executor()
              .schedule(() -> cut(context), longest.toMillis(), TimeUnit.MILLISECONDS);
    }
    context.fireChannelRead(message);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    met();
    context.fireChannelInactive();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // whether it can be closed or not: it is gone
  private static void cut(ChannelHandlerContext context) {
    context.close();
  }

  private void met() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }

  /** Sees where headers and bodies end. */
  private final class Watch extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof HttpRequest) {
        met();
        inBody = true;
      }
      if (message instanceof LastHttpContent) {
        inBody = false;
      }
      context.fireChannelRead(message);
    }
  }
}
