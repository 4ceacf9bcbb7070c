package io.sluice.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Cuts a connection whose request takes too long to say what it wants, byte by byte, or on which
 * nothing comes after an answer. Bodies that stand still are Reactor Netty's business. For one
 * connection, on its event loop.
 *
 * <p>After each answer it asks for what comes next: Reactor Netty up to 1.3.8 forgets to, if the
 * next request was there before the answer had ended (its issue 4361), and nobody would be answered
 * on that connection any more.
 */
public final class HeaderDeadline extends ChannelInboundHandlerAdapter {
  private final Duration first;
  private final Duration longest;
  private boolean greeted;
  private boolean inBody;
  private boolean begun;
  private @Nullable Future<?> deadline;

  private HeaderDeadline(Duration first, Duration longest) {
    this.first = first;
    this.longest = longest;
  }

  /**
   * Has the pipeline's requests watched.
   *
   * @param first how long a connection may take to send its first request, a handshake included
   * @param longest how long each later request may take, and may let wait for itself
   */
  public static void install(ChannelPipeline pipeline, Duration first, Duration longest) {
    HeaderDeadline watch = new HeaderDeadline(first, longest);
    pipeline.addBefore(NettyPipeline.HttpCodec, "sluice.headerDeadline", watch);
    pipeline.addAfter(NettyPipeline.HttpCodec, "sluice.headerWatch", watch.new Watch());
  }

  /** True if what is written is the end of an answer; "go on" is none yet. */
  static boolean endsAnswer(Object message) {
    return message instanceof LastHttpContent
        && !(message instanceof HttpResponse response
            && response.status().codeClass() == HttpStatusClass.INFORMATIONAL);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    within(context, first);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof ByteBuf && !inBody && !begun) {
      begun = true;
      if (greeted) {
        within(context, longest);
      }
    }
    context.fireChannelRead(message);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    met();
    context.fireChannelInactive();
  }

  private void within(ChannelHandlerContext context, Duration time) {
    met();
    deadline =
        context.executor().schedule(() -> cut(context), time.toMillis(), TimeUnit.MILLISECONDS);
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

  /** Sees where requests and answers begin and end. */
  private final class Watch extends ChannelDuplexHandler {
    private long asked;
    private long answered;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof HttpRequest) {
        met();
        greeted = true;
        inBody = true;
        asked++;
      }
      if (message instanceof LastHttpContent) {
        inBody = false;
        begun = false;
      }
      context.fireChannelRead(message);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the promise is whoever's who writes
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      ChannelPromise told = promise.unvoid();
      if (endsAnswer(message)) {
        told.addListener(end -> ended(context));
      }
      context.write(message, told);
    }

    private void ended(ChannelHandlerContext context) {
      answered++;
      if (!context.channel().isActive()) {
        return;
      }
      if (asked <= answered && !begun) {
        within(context, longest);
      }
      context.read();
    }
  }
}
