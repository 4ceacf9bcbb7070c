package io.sluice.server.http;

import io.sluice.job.keys.ApiKey;
import io.sluice.job.keys.ApiKeys;

/**
 * Somebody at the console.
 *
 * @param key whose
 * @param token the text of the cookie
 */
public record Session(ApiKey key, String token) {

  /**
   * What every request that changes something has to tell besides the cookie. It follows from the
   * cookie, which scripts cannot read, so that every process knows it and none keeps it.
   */
  public String csrf() {
    return ApiKeys.hash("csrf " + token);
  }

  /** Keeps the token to itself. */
  @Override
  public String toString() {
    return key.name();
  }
}
