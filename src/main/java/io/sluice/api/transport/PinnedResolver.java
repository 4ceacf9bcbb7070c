package io.sluice.api.transport;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Answers with addresses that were looked up and checked before, so that a name which changes its
 * address meanwhile leads nowhere else.
 */
final class PinnedResolver extends AddressResolverGroup<InetSocketAddress> {
  private final List<InetAddress> addresses;

  PinnedResolver(List<InetAddress> addresses) {
    this.addresses = List.copyOf(addresses);
  }

  @Override
  protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
    return new InetNameResolver(executor) {
      @Override
      protected void doResolve(String host, Promise<InetAddress> promise) {
        promise.setSuccess(addresses.get(0));
      }

      @Override
      protected void doResolveAll(String host, Promise<List<InetAddress>> promise) {
        promise.setSuccess(addresses);
      }
    }.asAddressResolver();
  }
}
