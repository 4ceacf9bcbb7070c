package io.sluice.api;

import java.time.Duration;

/** Receives every call that was made, for metrics. From any thread, at once. */
@FunctionalInterface
public interface CallObserver {
  /** Nobody measures. */
  CallObserver NONE = (method, path, status, lasted) -> {};

  /**
   * A call has ended, each repetition being a call of its own. Calls that are cancelled are not
   * told.
   *
   * @param method the HTTP method
   * @param path the path with names in place of ids, such as {@code
   *     /accounts/{account}/email-security/settings/domains/{id}}: there are a few dozen
   * @param status what it was answered; 0 if no whole answer came
   * @param lasted from when it was handed to the connection until all of the answer was there
   */
  void ended(String method, String path, int status, Duration lasted);

  /**
   * The API has something to say to people, in the list of messages of an envelope: each text once
   * in the life of a client, and not more than 20. No secret is in it.
   */
  default void said(String message) {}
}
