package io.sluice.snapshot;

import org.jspecify.annotations.Nullable;

/**
 * A kind of records that could not be listed, since the account's package does not include it or
 * the token's role does not reach it. What the account holds of it is not known; it is not empty.
 *
 * @param resource the resource, by its slug
 * @param httpStatus what the API answered, 403 or 404
 * @param code the API's own number for the reason, if it gave one
 * @param message the API's words
 */
public record Unavailable(String resource, int httpStatus, @Nullable Long code, String message) {

  /** The reason on one line. */
  public String reason() {
    return "HTTP " + httpStatus + (code == null ? "" : ": " + code + " " + message);
  }
}
