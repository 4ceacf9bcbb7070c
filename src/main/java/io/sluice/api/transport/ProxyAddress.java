package io.sluice.api.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks up where a proxy is, and keeps why that failed: the connection's own error does not say.
 */
final class ProxyAddress implements Supplier<InetSocketAddress> {
  private final String host;
  private final int port;
  private volatile @Nullable UnknownHostException unknown;

  ProxyAddress(URI proxy) {
    this.host = proxy.getHost();
    this.port = ProxySettings.portOf(proxy);
  }

  /** The address, unresolved if the name cannot be looked up. */
  @Override
  public InetSocketAddress get() {
    try {
      InetSocketAddress found = new InetSocketAddress(InetAddress.getByName(host), port);
      unknown = null;
      return found;
    } catch (UnknownHostException failed) {
      // Java remembers a failure for ten seconds, but not its reason.
      UnknownHostException before = unknown;
      unknown = before == null || RouteFailure.said(failed).contains(": ") ? failed : before;
      return InetSocketAddress.createUnresolved(host, port);
    }
  }

  /** The error, or why the name could not be looked up where the error comes from that. */
  Throwable explained(Throwable error) {
    UnknownHostException why = unknown;
    for (Throwable t = error; why != null && t != null; t = t.getCause()) {
      if (t instanceof UnresolvedAddressException) {
        return why;
      }
    }
    return error;
  }
}
