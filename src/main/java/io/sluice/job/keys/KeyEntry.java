package io.sluice.job.keys;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

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

  /** The entry as the API and the command line give it. */
  public ObjectNode json(Instant now) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", Long.toString(id))
        .put("name", name)
        .put("role", role.label())
        .put("made_at", madeAt.toString())
        .put("used_at", text(usedAt))
        .put("expires_at", text(expiresAt))
        .put("expired", expired(now));
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }
}
