package io.sluice.sandbox.api;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpContentCompressor;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Listens on 127.0.0.1 with two daemon threads of its own. */
public final class Server {
  private static final int THREADS = 2;

  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(THREADS, LoopThread::new, NioIoHandler.newFactory());
  private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
  private final FaultHandler handler;
  private final boolean gzip;
  private final @Nullable SslContext tls;
  private final int port;

  /**
   * Starts listening.
   *
   * @param port 0 for any free one
   * @param tls null to serve plain HTTP
   * @param gzip whether answers are compressed for clients that accept it
   * @throws UncheckedIOException if the port cannot be had
   */
  public Server(int port, @Nullable SslContext tls, boolean gzip, FaultHandler handler) {
    this.handler = handler;
    this.gzip = gzip;
    this.tls = tls;
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 1024)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(1 << 20, 4 << 20))
            .childHandler(new Connection());
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      close();
      throw new UncheckedIOException(
          new IOException("cannot listen on 127.0.0.1:" + port, bound.cause()));
    }
    channels.add(bound.channel());
    this.port = ((InetSocketAddress) bound.channel().localAddress()).getPort();
  }

  public int port() {
    return port;
  }

  public void close() {
    channels.close().awaitUninterruptibly();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private void speakHttp1(ChannelPipeline pipeline) {
    pipeline.addLast(
        new HttpServerCodec(
            new HttpDecoderConfig()
                .setMaxInitialLineLength(64 * 1024)
                .setMaxHeaderSize(64 * 1024)
                .setInitialBufferSize(1024)));
    exchange(pipeline);
  }

  private void exchange(ChannelPipeline pipeline) {
    if (gzip) {
      pipeline.addLast(new HttpContentCompressor());
    }
    pipeline.addLast(new WholeRequests());
    pipeline.addLast(new Exchange(handler));
  }

  private void speakHttp2(ChannelPipeline pipeline) {
    pipeline.addLast(Http2FrameCodecBuilder.forServer().build());
    pipeline.addLast(
        new Http2MultiplexHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel stream) {
                stream.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(true));
                exchange(stream.pipeline());
              }
            }));
  }

  private final class Connection extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {
      channels.add(channel);
      if (tls == null) {
        speakHttp1(channel.pipeline());
        return;
      }
      channel.pipeline().addLast(tls.newHandler(channel.alloc()));
      channel
          .pipeline()
          .addLast(
              new ApplicationProtocolNegotiationHandler(ApplicationProtocolNames.HTTP_1_1) {
                @Override
                protected void configurePipeline(ChannelHandlerContext context, String protocol) {
                  if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
                    speakHttp2(context.pipeline());
                  } else {
                    speakHttp1(context.pipeline());
                  }
                }
              });
    }
  }

  /** May block, for a test's own events run there, and class loading reads files. */
  private static final class LoopThread extends FastThreadLocalThread {
    LoopThread(Runnable task) {
      super(task, "sandbox");
      setDaemon(true);
    }

    @Override
    public boolean permitBlockingCalls() {
      return true;
    }
  }
}
