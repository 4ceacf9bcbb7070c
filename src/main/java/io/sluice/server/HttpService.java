package io.sluice.server;

import com.sun.management.UnixOperatingSystemMXBean;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.sluice.config.UsageException;
import io.sluice.server.access.ConnectionLimit;
import io.sluice.server.http.HeaderDeadline;
import io.sluice.server.http.LingeringClose;
import io.sluice.server.http.Tls;
import io.sluice.server.http.UnreadableRequests;
import java.lang.management.ManagementFactory;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import reactor.core.publisher.Sinks;
import reactor.netty.ChannelBindException;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** The service as it listens. Closing it ends streams of events at once, and lets answers end. */
public final class HttpService implements AutoCloseable {
  private static final Duration STALLED = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int HEADERS = 16 * 1024;
  private static final int FIRST_LINE = 8 * 1024;
  private static final Duration FIRST_REQUEST = Duration.ofSeconds(10);
  private static final int WITHOUT_KEY_PER_ADDRESS = 64;
  private static final int LATE_STARTS = 10_000;
  private static final int MOST_CONNECTIONS = 10_000;
  private static final int FEWEST_CONNECTIONS = 100;
  private static final long UNKNOWN = 4096;

  private final DisposableServer server;
  private final Sinks.Empty<Void> closing;
  private final ServiceSettings settings;

  private HttpService(
      DisposableServer server, Sinks.Empty<Void> closing, ServiceSettings settings) {
    this.server = server;
    this.closing = closing;
    this.settings = settings;
  }

  /**
   * Begins to listen. Blocking.
   *
   * @throws UsageException if the address cannot be used, or the certificate
   */
  public static HttpService start(ServiceSettings settings, Backend backend) {
    return start(settings, backend, STALLED);
  }

  /**
   * @param stalled how long a request may stand still; streams of events move twice as often
   */
  static HttpService start(ServiceSettings settings, Backend backend, Duration stalled) {
    Sinks.Empty<Void> closing = Sinks.empty();
    int connections = mostConnections();
    ConnectionLimit limit = new ConnectionLimit(WITHOUT_KEY_PER_ADDRESS, connections / 2);
    Duration first = stalled.compareTo(FIRST_REQUEST) < 0 ? stalled : FIRST_REQUEST;
    Dispatch dispatch =
        Services.dispatch(settings, backend, limit, closing.asMono(), stalled.dividedBy(2));
    HttpServer server =
        HttpServer.create()
            .host(settings.host())
            .port(settings.port())
            .channelGroup(new DefaultChannelGroup(GlobalEventExecutor.INSTANCE))
            .maxConnections(connections)
            .maxKeepAliveRequests(LATE_STARTS)
            .idleTimeout(stalled)
            .readTimeout(stalled)
            .httpRequestDecoder(
                decoder ->
                    decoder
                        .maxInitialLineLength(FIRST_LINE)
                        .maxHeaderSize(HEADERS)
                        .allowPartialChunks(true))
            .doOnChannelInit(
                (observer, channel, remote) -> {
                  limit.opened(channel, channel.remoteAddress());
                  UnreadableRequests.install(channel.pipeline());
                  HeaderDeadline.install(channel.pipeline(), first, stalled);
                  LingeringClose.install(channel.pipeline());
                })
            .handle(dispatch::handle);
    try {
      return new HttpService(Tls.secured(server, settings).bindNow(), closing, settings);
    } catch (ChannelBindException unusable) {
      throw unusable(settings, unusable);
    }
  }

  private static UsageException unusable(ServiceSettings settings, ChannelBindException error) {
    String address = settings.host() + ":" + settings.port();
    boolean taken =
        error.getCause() instanceof BindException
            && String.valueOf(error.getCause().getMessage()).contains("in use");
    return taken
        ? new UsageException(
            address + " is taken by another program",
            "is another 'sluice serve' running? give another port with --listen HOST:PORT")
        : new UsageException(
            "cannot listen on " + address + ": " + error.getCause(),
            "give an address of this machine with --listen HOST:PORT");
  }

  /** The port that it listens on. */
  public int port() {
    return ((InetSocketAddress) server.address()).getPort();
  }

  /** The address to open in a browser. */
  public String url() {
    String host = settings.host();
    boolean any = host.equals("0.0.0.0") || host.equals("::") || host.equals("[::]");
    String name = any ? "127.0.0.1" : host;
    String literal = name.indexOf(':') >= 0 && !name.startsWith("[") ? "[" + name + "]" : name;
    return (settings.tls() ? "https://" : "http://") + literal + ":" + port() + "/";
  }

  /** Stops listening, ends streams of events, and waits a moment for other answers. Blocking. */
  @Override
  public void close() {
    closing.tryEmitEmpty();
    try {
      server.disposeNow(PATIENCE);
    } catch (IllegalStateException late) {
      // Whoever is not done by now is cut off with the process.
    }
  }

  /**
   * How many connections the service may hold: half of the files that may be open, within limits.
   */
  private static int mostConnections() {
    long open =
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            ? unix.getMaxFileDescriptorCount()
            : UNKNOWN;
    return (int) Math.max(FEWEST_CONNECTIONS, Math.min(MOST_CONNECTIONS, open / 2));
  }
}
