package io.sluice.api.transport;

import io.sluice.api.Obstacle;
import io.sluice.flow.retry.CallFailure;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A feed could not be fetched, or is not one. Its text holds nothing secret. */
public final class FeedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final String hint;
  private final int status;
  private final @Nullable Obstacle obstacle;

  /** What kind of failure it is. */
  public enum Kind {
    /** It may work later: no connection, no whole answer in time, an error of the server. */
    AWAY,
    /** The server, or what stands before it, does not let this caller have it. */
    NOT_PERMITTED,
    /** What is there is not to be used. */
    REFUSED
  }

  FeedException(Kind kind, String message, String hint, int status, @Nullable Throwable cause) {
    this(kind, null, message, hint, status, cause);
  }

  private FeedException(
      Kind kind,
      @Nullable Obstacle obstacle,
      String message,
      String hint,
      int status,
      @Nullable Throwable cause) {
    super(message, cause, false, false);
    this.kind = kind;
    this.obstacle = obstacle;
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

  /** What is answered with a status that brings no feed. */
  static FeedException ofStatus(FeedAddress from, int status) {
    String message = "the feed " + from + " is answered with HTTP status " + status;
    if (status == 401 || status == 403 || status == 407) {
      return new FeedException(
          Kind.NOT_PERMITTED,
          message,
          "is a key needed, or has it expired? nothing was changed",
          status,
          null);
    }
    if (status == 511) {
      return new FeedException(
          Kind.NOT_PERMITTED,
          message,
          "nothing was changed; a portal on the way wants a log-in: open the address in a browser",
          status,
          null);
    }
    boolean passing = status == 408 || status == 429 || status >= 500;
    return new FeedException(
        passing ? Kind.AWAY : Kind.REFUSED,
        message,
        passing
            ? "nothing was changed; try again later"
            : "nothing was changed; is the address still right?",
        status,
        null);
  }

  /** Its compressed data are not whole. */
  static FeedException damaged(FeedAddress from, Throwable why) {
    return new FeedException(
        Kind.AWAY,
        "the feed " + from + " could not be fetched: its compressed data are damaged or cut off",
        "nothing was changed; try again later",
        0,
        why);
  }

  /**
   * What went wrong on the way, in words; errors of this machine stay as they are. What waiting
   * cannot cure, such as a proxy that refuses the password or a name that no host has, is not tried
   * again.
   */
  static Throwable explained(FeedAddress from, ProxySettings proxy, Throwable error) {
    if (error instanceof FeedException || error instanceof UncheckedIOException) {
      return error;
    }
    RouteFailure failure = RouteFailure.of(error, Route.of(from.uri(), proxy), false);
    boolean lasting = failure != null && failure.kind() == CallFailure.Kind.BLOCKED;
    Kind kind = lasting ? Kind.NOT_PERMITTED : Kind.AWAY;
    boolean direct = proxy.proxyFor(from.uri()) == null;
    if (error instanceof UnknownHostException && direct) {
      return new FeedException(
          kind,
          "the feed's host " + from.uri().getHost() + " cannot be found",
          "is the name right, and does this machine reach the network?",
          0,
          error);
    }
    String what =
        failure != null
            ? failure.text()
            : error instanceof TimeoutException
                ? "took too long"
                : RouteFailure.said(error).split("\\R", 2)[0];
    return new FeedException(
        kind,
        failure == null ? null : failure.obstacle(),
        "the feed " + from + " could not be fetched: " + what,
        lasting
            ? "nothing was changed; is the address right, host and port?"
            : "nothing was changed; try again later",
        0,
        error);
  }

  /** What kind of failure it is. */
  public Kind kind() {
    return kind;
  }

  /** What stands in the way, if it is known. */
  public @Nullable Obstacle obstacle() {
    return obstacle;
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
