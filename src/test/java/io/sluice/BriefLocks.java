package io.sluice;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Locks inside libraries that are held for an instant and rarely contended, so that an event loop
 * may wait for them.
 */
public final class BriefLocks implements BlockHoundIntegration {
  private static final String ALLOCATOR = "io.netty.buffer.AdaptivePoolingAllocator";

  @Override
  public void applyTo(BlockHound.Builder builder) {
    builder
        // When Netty's allocator spreads over more threads it frees what others just allocate from.
        .allowBlockingCallsInside(ALLOCATOR + "$Magazine", "free")
        .allowBlockingCallsInside(ALLOCATOR + "$MagazineGroup", "free")
        // Jackson finds out once for each type how to read it, and once for many names.
        .allowBlockingCallsInside(
            "tools.jackson.databind.deser.DeserializerCache", "_createAndCacheValueDeserializer")
        .allowBlockingCallsInside("tools.jackson.core.util.InternCache", "intern");
  }
}
