package io.sluice.server.http;

/** Who may use a route. */
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
