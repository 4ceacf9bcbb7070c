package io.sluice.job.keys;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The entry of a key in a list: never the key itself, nor its hash.
 *
 * @param usedAt when it was used last, to a minute; null for never
 * @param expiresAt when it ends by itself; null for never
 */
public record KeyEntry(
    long id,
    String name,
    Role role,
    Instant madeAt,
    @Nullable Instant usedAt,
    @Nullable Instant expiresAt) {

  /** True if it opens nothing any more. */
  public boolean expired(Instant now) {
    return expiresAt != null && !expiresAt.isAfter(now);
  }
}
