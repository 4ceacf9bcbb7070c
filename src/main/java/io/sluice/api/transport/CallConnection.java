package io.sluice.api.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientRequest;
import reactor.util.context.Context;

/**
 * The connection of one call; that of HTTP/2 it shares with others. Where a firewall has forgotten
 * a connection, nothing comes on it any more and nothing says so: every later call would go the
 * same way and wait in vain.
 */
final class CallConnection {
  private static final AttributeKey<Arrivals> ARRIVALS = AttributeKey.valueOf("sluice.arrivals");

  private volatile @Nullable Channel channel;
  private volatile long sentAt;
  private volatile boolean sent;

  /** Notes when something came last. */
  private static final class Arrivals extends ChannelInboundHandlerAdapter {
    private volatile long last;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      last = System.nanoTime();
      context.fireChannelRead(message);
    }
  }

  /** Has the call tell which connection it takes. */
  Context in(Context context) {
    return context.put(CallConnection.class, this);
  }

  /** Called for every request before it is sent. A connection of its own is none to share. */
  static void sending(HttpClientRequest request, Connection connection) {
    Channel shared = connection.channel().parent();
    CallConnection call = request.currentContextView().getOrDefault(CallConnection.class, null);
    if (call != null) {
      call.sent = true;
    }
    if (shared == null || call == null) {
      return;
    }
    if (shared.attr(ARRIVALS).get() == null) {
      Arrivals arrivals = new Arrivals();
      arrivals.last = System.nanoTime();
      shared.attr(ARRIVALS).set(arrivals);
      shared.pipeline().addFirst(arrivals);
    }
    call.sentAt = System.nanoTime();
    call.channel = shared;
  }

  /** True once there was a connection to send it on, its handshake included. */
  boolean isSent() {
    return sent;
  }

  /**
   * Closes the connection if nothing has come on it since the call was sent. Called once the answer
   * is overdue.
   */
  void closeIfSilent() {
    Channel shared = channel;
    Arrivals arrivals = shared == null ? null : shared.attr(ARRIVALS).get();
    if (shared != null && arrivals != null && arrivals.last - sentAt < 0) {
      var unused = shared.close();
    }
  }
}
