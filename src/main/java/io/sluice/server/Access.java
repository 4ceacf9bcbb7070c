package io.sluice.server;

/** Who may use a route. */
enum Access {
  /** Everybody. */
  OPEN,
  /** Whoever may look. */
  VIEWER,
  /** Whoever may change something. */
  OPERATOR
}
