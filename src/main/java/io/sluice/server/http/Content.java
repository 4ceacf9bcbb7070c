package io.sluice.server.http;

/** What the body of a request to a route is. */
public enum Content {
  /** None: a body would be passed over, and is refused. */
  NONE,
  /** JSON. */
  JSON,
  /** A file, as it is or as the one file of a form. */
  FILE
}
