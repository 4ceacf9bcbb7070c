package io.sluice.pipeline;

import io.sluice.api.ApiException;
import io.sluice.api.Obstacle;
import io.sluice.flow.retry.CallFailure;
import io.sluice.report.ExitCode;
import org.jspecify.annotations.Nullable;

/** How a run ends that something between it and the API stopped, and what to do about it. */
record ObstacleAdvice(ExitCode exit, String code, String hint) {

  /** The advice; null if nothing stands in the way. */
  static @Nullable ObstacleAdvice of(ApiException error) {
    Obstacle obstacle = error.obstacle();
    if (obstacle == null) {
      return null;
    }
    return obstacle == Obstacle.WEB_PAGE ? ofPage(error) : of(obstacle);
  }

  /** The advice where nothing more is known. */
  static ObstacleAdvice of(Obstacle obstacle) {
    return switch (obstacle) {
      case PROXY_LOGIN ->
          of(
              "proxy_login",
              "put the proxy's user and password into HTTPS_PROXY, as in"
                  + " http://USER:PASSWORD@proxy.example:3128; it was asked once only, so that no"
                  + " account is locked");
      case PROXY_SCHEME ->
          of(
              "proxy_login",
              "a user and password in HTTPS_PROXY do not help with that: run a proxy on this machine"
                  + " that speaks it (such as cntlm or px) and name that one in HTTPS_PROXY, or ask"
                  + " those who run the proxy for a way out that wants Basic or no log-in");
      case PROXY_UNKNOWN ->
          new ObstacleAdvice(
              ExitCode.USAGE,
              "unknown_host",
              "is the proxy's address spelled right? NO_PROXY names hosts that are reached"
                  + " without a proxy");
      case NO_PROXY ->
          of(
              "proxy_failed",
              "is the proxy's address right, host and port? What answers there is no HTTP"
                  + " proxy");
      case PROXY_REFUSAL ->
          of(
              "proxy_refused",
              "ask those who run the proxy to allow that host and port, or name another proxy in"
                  + " HTTPS_PROXY; NO_PROXY names hosts that are reached without one");
      case PROXY_FAILURE ->
          of(
              "proxy_failed",
              "is the proxy's address right, is the proxy up, and does it reach that host?"
                  + " NO_PROXY names hosts that are reached without one");
      case CERTIFICATE ->
          of(
              "certificate",
              "if a company's proxy opens TLS, give its authority with --ca-file FILE; if the"
                  + " certificate is out of date, check this machine's clock; if it is for another"
                  + " host, is the address right?");
      case TLS ->
          of(
              "tls",
              "is the base URL right, host and port? Else something between here and the API does"
                  + " not let TLS through");
      case UNKNOWN_HOST ->
          new ObstacleAdvice(
              ExitCode.USAGE,
              "unknown_host",
              "is the base URL spelled right? Inside a closed network the way out may be a proxy:"
                  + " set HTTPS_PROXY");
      case REDIRECT ->
          of(
              "redirected",
              "is the base URL right? Else a proxy or portal wants a log-in: open the base URL in a"
                  + " browser");
      case WEB_PAGE ->
          of(
              "web_page",
              "is the base URL right? What answers there is no API, or something stands before it");
    };
  }

  private static ObstacleAdvice ofPage(ApiException error) {
    boolean portal = error.httpStatus() < 400 || error.httpStatus() == 511;
    boolean refused = error.kind() == CallFailure.Kind.BLOCKED && !portal;
    if (error.kind() == CallFailure.Kind.FINAL) {
      return of(Obstacle.WEB_PAGE);
    }
    return of(
        refused ? "blocked" : "web_page",
        refused
            ? "this is no missing permission: a firewall (Cloudflare's, or a company's proxy) stopped"
                + " the call; ask those who run it, with the ray id if there is one"
            : "a proxy or a portal may want a log-in: open the base URL in a browser; is that the"
                + " base URL of the API?"
                + (error.httpStatus() >= 500 && !portal ? " Else try again later" : ""));
  }

  private static ObstacleAdvice of(String code, String hint) {
    return new ObstacleAdvice(ExitCode.NOT_PERMITTED, code, hint);
  }
}
