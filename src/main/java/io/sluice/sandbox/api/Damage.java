package io.sluice.sandbox.api;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.sluice.sandbox.Answer;
import io.sluice.sandbox.fault.Corruption;
import java.util.concurrent.TimeUnit;

/** Delivers answers damaged, and cuts connections. */
public final class Damage {
  private static final byte[] HUGE_HEAD =
      "{\"success\":true,\"errors\":[],\"messages\":[],\"result\":[{}".getBytes(US_ASCII);
  private static final byte[] HUGE_TAIL = "]}".getBytes(US_ASCII);
  private static final byte[] HUGE_MIDDLE = ",{\"id\":\"0\"}".repeat(6000).getBytes(US_ASCII);

  private Damage() {}

  /** Closes the TCP connection with RST, whatever is still unsent. */
  public static void reset(ChannelHandlerContext context) {
    Channel channel = context.channel();
    while (!(channel instanceof SocketChannel)) {
      channel = channel.parent();
    }
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    var unused = channel.close();
  }

  public static void deliver(ChannelHandlerContext context, Answer answer, Corruption corruption) {
    HttpResponse head =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()));
    Exchange.headers(head, answer);
    ByteBuf body = answer.body();
    int length = body.readableBytes();
    ByteBuf half = body.readSlice(length / 2);
    switch (corruption.way()) {
      case TRUNCATED -> {
        head.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, length);
        breakOff(context, head, half);
      }
      case CHUNKS_CUT_OFF -> {
        head.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        breakOff(context, head, half);
      }
      case HALF_JSON -> {
        head.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, half.readableBytes());
        write(context, head);
        write(context, new DefaultHttpContent(half));
        flush(context);
      }
      case DRIP -> {
        head.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, length);
        write(context, head);
        body.resetReaderIndex();
        drip(context, body, corruption.interval().toNanos());
      }
      case HUGE -> {
        head.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        body.release();
        write(context, head);
        write(context, new DefaultHttpContent(Unpooled.wrappedBuffer(HUGE_HEAD)));
        stream(context, corruption.bytes());
      }
      case PRETTY -> throw new AssertionError("pretty answers are not damaged");
    }
  }

  private static void breakOff(ChannelHandlerContext context, HttpResponse head, ByteBuf half) {
    write(context, head);
    var unused =
        context
            .writeAndFlush(new DefaultHttpContent(half))
            .addListener(ChannelFutureListener.CLOSE);
  }

  private static void drip(ChannelHandlerContext context, ByteBuf body, long nanos) {
    if (!body.isReadable()) {
      body.release();
      flush(context);
    } else if (!context.channel().isActive()) {
      body.release();
    } else {
      var unusedWrite = context.writeAndFlush(new DefaultHttpContent(body.readRetainedSlice(1)));
      var unused =
          context
              .executor()
              .schedule(() -> drip(context, body, nanos), nanos, TimeUnit.NANOSECONDS);
    }
  }

  private static void stream(ChannelHandlerContext context, long left) {
    if (left <= 0) {
      write(context, new DefaultHttpContent(Unpooled.wrappedBuffer(HUGE_TAIL)));
      flush(context);
      return;
    }
    var unused =
        context
            .writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(HUGE_MIDDLE)))
            .addListener(
                sent -> {
                  if (sent.isSuccess()) {
                    stream(context, left - HUGE_MIDDLE.length);
                  }
                });
  }

  private static void write(ChannelHandlerContext context, Object message) {
    var unused = context.write(message);
  }

  private static void flush(ChannelHandlerContext context) {
    var unused = context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
  }
}
