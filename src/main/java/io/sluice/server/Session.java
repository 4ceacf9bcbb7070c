package io.sluice.server;

import io.sluice.job.ApiKey;

/**
 * Somebody at the console.
 *
 * @param key whose
 * @param csrf what every request that changes something has to tell besides the cookie
 */
record Session(ApiKey key, String csrf) {
  /** Keeps the token to itself. */
  @Override
  public String toString() {
    return key.name();
  }
}
