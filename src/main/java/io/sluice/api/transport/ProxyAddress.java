package io.sluice.api.transport;

import io.netty.resolver.NoopAddressResolverGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;
import reactor.netty.transport.ProxyProvider;

/**
 * Looks up where a proxy is, and keeps why that failed: the connection's own error does not say. Of
 * several addresses it gives out the first that was not found to be dead.
 */
final class ProxyAddress implements Supplier<InetSocketAddress> {
  private final ProxySettings settings;
  private final HostResolver resolver;
  private final String host;
  private final int port;
  private volatile @Nullable UnknownHostException unknown;

  /** How many addresses were found to be dead, each counted again after a round. */
  private int dead;

  private @Nullable InetSocketAddress given;

  private ProxyAddress(ProxySettings settings, URI proxy, HostResolver resolver) {
    this.settings = settings;
    this.resolver = resolver;
    this.host = proxy.getHost();
    this.port = ProxySettings.portOf(proxy);
  }

  /** The proxy of these settings; null if they name none. */
  static @Nullable ProxyAddress of(ProxySettings settings, HostResolver resolver) {
    URI url = settings.url();
    return url == null ? null : new ProxyAddress(settings, url, resolver);
  }

  /** The client, through this proxy. */
  HttpClient routed(HttpClient direct) {
    String user = settings.user();
    String password = settings.password();
    // The proxy looks the target's name up: inside a closed network nobody else can.
    return direct
        .resolver(NoopAddressResolverGroup.INSTANCE)
        .proxy(
            spec -> {
              ProxyProvider.Builder builder =
                  spec.type(ProxyProvider.Proxy.HTTP).socketAddress(this);
              if (user != null) {
                builder.username(user).password(name -> password);
              }
            });
  }

  /** The address, unresolved if the name cannot be looked up. */
  @Override
  public InetSocketAddress get() {
    try {
      InetSocketAddress found = alive(resolver.resolve(host));
      unknown = null;
      return found;
    } catch (UnknownHostException failed) {
      // Java remembers a failure for ten seconds, but not its reason.
      UnknownHostException before = unknown;
      unknown = before == null || RouteFailure.said(failed).contains(": ") ? failed : before;
      return InetSocketAddress.createUnresolved(host, port);
    }
  }

  private synchronized InetSocketAddress alive(List<InetAddress> found) {
    InetSocketAddress next = new InetSocketAddress(found.get(dead % found.size()), port);
    given = next;
    return next;
  }

  /**
   * The error, or why the name could not be looked up where the error comes from that. If it is
   * that of an address which cannot be reached, the next connection tries the next address.
   */
  Throwable explained(Throwable error) {
    UnknownHostException why = unknown;
    for (Throwable t = error; t != null; t = t.getCause()) {
      if (why != null && t instanceof UnresolvedAddressException) {
        return why;
      }
      if (t instanceof SocketException) {
        passOver(RouteFailure.said(t));
      }
    }
    return error;
  }

  /** Calls that failed together name one address, which is passed over once. */
  private synchronized void passOver(String failure) {
    InetSocketAddress last = given;
    String text = last == null ? "" : last.toString();
    if (last != null && failure.contains(text.substring(text.indexOf('/')))) {
      dead++;
      given = null;
    }
  }
}
