package io.sluice.sandbox.api;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.sluice.sandbox.Answer;
import io.sluice.sandbox.HttpDate;
import io.sluice.sandbox.Problem;
import io.sluice.sandbox.Request;
import io.sluice.sandbox.fault.Corruption;
import io.sluice.sandbox.fault.Fault;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Speaks HTTP with one connection, or one stream of HTTP/2. */
public final class Exchange extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
  private static final String STREAM = "x-http2-stream-id";

  private final FaultHandler handler;

  Exchange(FaultHandler handler) {
    this.handler = handler;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest http) {
    long arrival = System.nanoTime();
    boolean keepAlive = HttpUtil.isKeepAlive(http);
    Request request = request(http);
    List<Fault> hits = handler.arrived(request);
    Duration delay = handler.delay(hits);
    if (delay.isZero()) {
      serve(context, request, hits, arrival, keepAlive);
    } else {
      var unused =
          context
              .executor()
              .schedule(
                  () -> serve(context, request, hits, arrival, keepAlive),
                  delay.toNanos(),
                  TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!(cause instanceof IOException)) {
      LOG.debug("connection failed", cause);
    }
    var unused = context.close();
  }

  private void serve(
      ChannelHandlerContext context,
      Request request,
      List<Fault> hits,
      long arrival,
      boolean keepAlive) {
    FaultHandler.Delivery delivery;
    try {
      delivery = handler.serve(request, hits, arrival);
    } catch (RuntimeException | Error bug) {
      LOG.error("the sandbox failed at {}", request, bug);
      Answer answer = Answer.refused(Problem.of(500, 1500, "the sandbox failed: " + bug));
      delivery = new FaultHandler.Delivery(answer, false, null);
    }
    Answer answer = delivery.answer();
    if (answer == null) {
      if (delivery.reset()) {
        Damage.reset(context);
      }
      return;
    }
    if (delivery.corruption() != null && delivery.corruption().way() != Corruption.Way.PRETTY) {
      Damage.deliver(context, answer, delivery.corruption());
      return;
    }
    send(context, answer, keepAlive);
  }

  private static void send(ChannelHandlerContext context, Answer answer, boolean keepAlive) {
    ByteBuf body = answer.body();
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()), body);
    headers(response, answer);
    response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
    ChannelFuture sent = context.writeAndFlush(response);
    if (!keepAlive) {
      var unused = sent.addListener(ChannelFutureListener.CLOSE);
    }
  }

  public static void headers(HttpResponse response, Answer answer) {
    HttpHeaders headers = response.headers();
    headers.set(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
    headers.set(HttpHeaderNames.DATE, HttpDate.text(Instant.now()));
    headers.set("cf-ray", ray());
    headers.set(HttpHeaderNames.SERVER, "cloudflare");
    answer.headers().forEach(headers::set);
  }

  private static String ray() {
    long ray = ThreadLocalRandom.current().nextLong();
    return HexFormat.of().toHexDigits(ray) + "-SBX";
  }

  private static Request request(FullHttpRequest http) {
    Map<String, String> headers = new HashMap<>();
    var each = http.headers().iteratorAsString();
    while (each.hasNext()) {
      var header = each.next();
      headers.putIfAbsent(header.getKey().toLowerCase(Locale.ROOT), header.getValue());
    }
    headers.remove(STREAM);
    return Request.of(
        http.method().name(), http.uri(), headers, ByteBufUtil.getBytes(http.content()));
  }
}
