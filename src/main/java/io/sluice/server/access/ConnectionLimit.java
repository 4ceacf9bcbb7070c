package io.sluice.server.access;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps connections on which no key has been shown from taking the place of others. Each address,
 * and all addresses together, may hold only so many of them; one more closes the one that has been
 * silent for longest. A connection counts no more once a request on it was admitted. Thread-safe.
 */
public final class ConnectionLimit {
  private static final AttributeKey<String> ADDRESS = AttributeKey.valueOf("sluice.address");

  private final int perAddress;
  private final int altogether;

  /** Those that have shown no key, by address; of each address the longest silent first. */
  private final Map<String, Set<Channel>> strangers = new LinkedHashMap<>();

  private int count;

  /**
   * @param perAddress how many connections without a key one address may hold
   * @param altogether how many all addresses may hold
   */
  public ConnectionLimit(int perAddress, int altogether) {
    this.perAddress = perAddress;
    this.altogether = altogether;
  }

  /** Counts a new connection until it is closed or {@link #admitted}. */
  public void opened(Channel channel, @Nullable SocketAddress remote) {
    String address = address(remote);
    channel.attr(ADDRESS).set(address);
    Channel silent = null;
    synchronized (this) {
      Set<Channel> same = strangers.computeIfAbsent(address, key -> new LinkedHashSet<>());
      if (same.size() >= perAddress) {
        silent = longestSilent(same);
      } else if (count >= altogether) {
        silent = longestSilent(largest());
      }
      // Removing the last one of an address drops its set.
      strangers.computeIfAbsent(address, key -> new LinkedHashSet<>()).add(channel);
      count++;
    }
    channel.closeFuture().addListener(closed -> forget(channel));
    if (silent != null) {
      close(silent);
    }
  }

  /** Notes that a request came on it. */
  public synchronized void asked(Channel channel) {
    Set<Channel> same = strangers.get(String.valueOf(channel.attr(ADDRESS).get()));
    if (same != null && same.remove(channel)) {
      same.add(channel);
    }
  }

  /** A request on it was admitted by a key or a session: it counts no more. */
  public void admitted(Channel channel) {
    forget(channel);
  }

  private synchronized void forget(Channel channel) {
    String address = String.valueOf(channel.attr(ADDRESS).get());
    Set<Channel> same = strangers.get(address);
    if (same != null && same.remove(channel)) {
      count--;
      if (same.isEmpty()) {
        strangers.remove(address);
      }
    }
  }

  private Set<Channel> largest() {
    Set<Channel> largest = Set.of();
    for (Set<Channel> same : strangers.values()) {
      largest = same.size() > largest.size() ? same : largest;
    }
    return largest;
  }

  private @Nullable Channel longestSilent(Set<Channel> same) {
    Iterator<Channel> oldest = same.iterator();
    if (!oldest.hasNext()) {
      return null;
    }
    Channel silent = oldest.next();
    forget(silent);
    return silent;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // whether it can be closed or not: it is gone
  private static void close(Channel channel) {
    channel.close();
  }

  /** Of IPv6 the network of a customer, which holds more addresses than there are connections. */
  public static String address(@Nullable SocketAddress remote) {
    if (!(remote instanceof InetSocketAddress inet) || inet.getAddress() == null) {
      return "unknown";
    }
    InetAddress address = inet.getAddress();
    byte[] bytes = address.getAddress();
    if (bytes.length == 4 || address.isLoopbackAddress()) {
      return address.getHostAddress();
    }
    StringBuilder network = new StringBuilder("net");
    for (int i = 0; i < 8; i++) {
      network.append(' ').append(bytes[i]);
    }
    return network.toString();
  }
}
