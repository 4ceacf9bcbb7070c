package io.sluice;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Locks of Netty's own that its event loops wait for, for an instant: when its allocator spreads
 * over more threads, it frees what others may just be allocating from. Netty's own list of such
 * methods lacks them.
 */
public final class NettyLocks implements BlockHoundIntegration {
  private static final String ALLOCATOR = "io.netty.buffer.AdaptivePoolingAllocator";

  @Override
  public void applyTo(BlockHound.Builder builder) {
    builder
        .allowBlockingCallsInside(ALLOCATOR + "$Magazine", "free")
        .allowBlockingCallsInside(ALLOCATOR + "$MagazineGroup", "free");
  }
}
