package io.sluice.api.transport;

import org.jspecify.annotations.Nullable;

/** A feed could not be fetched, or is not one. Its text holds nothing secret. */
public final class FeedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final String hint;
  private final int status;

  /** What kind of failure it is. */
  public enum Kind {
    /** It may work later: no connection, no whole answer in time, an error of the server. */
    AWAY,
    /** The server does not let this caller have it. */
    NOT_PERMITTED,
    /** What is there is not to be used. */
    REFUSED
  }

  FeedException(Kind kind, String message, String hint, int status, @Nullable Throwable cause) {
    super(message, cause, false, false);
    this.kind = kind;
    this.hint = hint;
    this.status = status;
  }

  /**
   * A feed that is not to be used.
   *
   * @param hint what to do
   */
  public static FeedException refused(String message, String hint) {
    return new FeedException(Kind.REFUSED, message, hint, 0, null);
  }

  /** What kind of failure it is. */
  public Kind kind() {
    return kind;
  }

  /** What to do. */
  public String hint() {
    return hint;
  }

  /** The HTTP status; 0 if there was no answer. */
  public int status() {
    return status;
  }
}
