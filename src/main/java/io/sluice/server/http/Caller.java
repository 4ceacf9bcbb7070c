package io.sluice.server.http;

import io.sluice.job.keys.ApiKey;
import io.sluice.job.keys.Role;
import org.jspecify.annotations.Nullable;

/**
 * The caller of a request.
 *
 * @param key whose key it is; null if none is asked for
 * @param name what is noted of who did something
 * @param session the console's session, or null for whoever came with a key
 */
public record Caller(@Nullable ApiKey key, String name, Role role, @Nullable Session session) {

  /** Whoever comes with a key. */
  public static Caller of(ApiKey key, @Nullable Session session) {
    return new Caller(key, key.name(), key.role(), session);
  }

  /** Tells callers apart, also such that have had the same name. */
  public String id() {
    return key == null ? name : "key " + key.id();
  }
}
