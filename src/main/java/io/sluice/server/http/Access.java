package io.sluice.server.http;

/** The access that a route requires. */
public enum Access {
  /** Everybody. */
  OPEN,
  /** Whoever may look. */
  VIEWER,
  /** Whoever may change something. */
  OPERATOR,
  /** Whoever may approve what others ask for. */
  APPROVER
}
