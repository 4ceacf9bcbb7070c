package io.sluice.server.http;

/** The kind of body that a route takes. */
public enum Content {
  /** None: a body would be passed over, and is refused. */
  NONE,
  /** JSON. */
  JSON,
  /** A file, as it is or as the one file of a form. */
  FILE
}
