package io.sluice.api.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Looks up the addresses of a host. Blocking. */
@FunctionalInterface
public interface HostResolver {
  /** This machine's own. */
  HostResolver SYSTEM = host -> List.of(InetAddress.getAllByName(host));

  /**
   * The addresses of that host, at least one.
   *
   * @param host a name, or an address in text
   * @throws UnknownHostException if there is none
   */
  List<InetAddress> resolve(String host) throws UnknownHostException;
}
