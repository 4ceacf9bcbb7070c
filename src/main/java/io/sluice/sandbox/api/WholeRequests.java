package io.sluice.sandbox.api;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.sluice.sandbox.Answer;
import io.sluice.sandbox.Problem;

/**
 * Gathers each request's body; one over 32 MiB is answered 413 in the API's envelope.
 *
 * <p>The rest of such a body is read and let go. A connection closed while its client still sends
 * is reset, and a reset can take the answer away before the client has read it.
 */
final class WholeRequests extends HttpObjectAggregator {
  private static final int LIMIT = 32 << 20;

  WholeRequests() {
    super(LIMIT);
  }

  @Override
  protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
    var unused = context.writeAndFlush(refusal());
  }

  @Override
  protected Object newContinueResponse(HttpMessage start, int most, ChannelPipeline pipeline) {
    Object response = super.newContinueResponse(start, most, pipeline);
    if (response instanceof FullHttpResponse full
        && full.status().equals(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE)) {
      full.release();
      return refusal();
    }
    return response;
  }

  private static FullHttpResponse refusal() {
    Answer answer =
        Answer.refused(
            Problem.of(413, 1013, "The request body must not exceed " + LIMIT + " bytes"));
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, answer.body());
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
    response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, answer.body().readableBytes());
    return response;
  }
}
