package io.sluice.server.access;

import io.sluice.flow.Blocking;
import io.sluice.job.keys.ApiKey;
import io.sluice.job.keys.ApiKeys;
import io.sluice.job.keys.FormerKey;
import io.sluice.job.keys.Role;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The keys that open the service: those of the database, or one that ends with the process. */
public final class Keyring {
  /** Who comes with the key that ends with the process. */
  static final ApiKey PASSING = new ApiKey(0, "local", Role.OPERATOR);

  private final ApiKeys stored;
  private final Clock clock;
  private final boolean open;
  private final @Nullable String passing;

  /**
   * @param open whether everybody may do everything
   * @param key a key besides those of the database, or null
   */
  public Keyring(ApiKeys stored, Clock clock, boolean open, @Nullable String key) {
    this.stored = stored;
    this.clock = clock;
    this.open = open;
    this.passing = key == null ? null : ApiKeys.hash(key);
  }

  /** True if everybody may do everything. */
  boolean open() {
    return open;
  }

  /** What is known of a key; empty if it opens nothing. */
  Mono<ApiKey> find(String key) {
    if (passing != null && ApiKeys.matches(key, passing)) {
      return Mono.just(PASSING);
    }
    return Blocking.call(() -> stored.find(key, clock.instant())).flatMap(Mono::justOrEmpty);
  }

  /** What was known of a key that opens nothing any more; empty if nothing was. */
  Mono<FormerKey> former(String key) {
    return Blocking.call(() -> stored.former(key)).flatMap(Mono::justOrEmpty);
  }

  /** True if the key still opens the service, with the role that it had. */
  Mono<Boolean> holds(ApiKey key) {
    if (key.equals(PASSING)) {
      return Mono.just(passing != null);
    }
    return Blocking.call(() -> stored.holds(key, clock.instant()));
  }
}
