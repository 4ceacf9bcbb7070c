package io.sluice.api;

/** What stands between Sluice and the API, where something does. */
public enum Obstacle {
  /** The proxy wants a user and a password, or refuses the ones it got. */
  PROXY_LOGIN,
  /** The proxy wants a log-in of a kind that Sluice does not speak, such as NTLM. */
  PROXY_SCHEME,
  /** No host has the proxy's name. */
  PROXY_UNKNOWN,
  /** What answers in the proxy's place speaks no HTTP. */
  NO_PROXY,
  /** The proxy does not connect to the API's host. */
  PROXY_REFUSAL,
  /** The proxy cannot be reached, or cannot reach the API's host for now. */
  PROXY_FAILURE,
  /** The certificate is not trusted, has expired, or is for another host. */
  CERTIFICATE,
  /** TLS cannot be agreed on: another version, or no TLS at all. */
  TLS,
  /** No host has that name. */
  UNKNOWN_HOST,
  /** A web page came where the API answers in JSON: of Cloudflare's edge, a proxy or a portal. */
  WEB_PAGE,
  /** The answer sends the caller to another address. */
  REDIRECT
}
