package io.sluice.server.access;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import io.sluice.flow.Blocking;
import io.sluice.job.keys.ApiKey;
import io.sluice.job.keys.Role;
import io.sluice.server.http.Access;
import io.sluice.server.http.Caller;
import io.sluice.server.http.Problem;
import io.sluice.server.http.ProblemException;
import io.sluice.server.http.Session;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/** Decides whether somebody may ask what is asked. */
public final class Gate {
  /** The cookie of a session. */
  public static final String COOKIE = "sluice_session";

  private static final Caller NOBODY = new Caller(null, "nobody", Role.VIEWER, null);
  private static final Caller EVERYBODY = new Caller(null, "anonymous", Role.OPERATOR, null);
  private static final Set<HttpMethod> HARMLESS =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private final Hosts hosts;
  private final Keyring keys;
  private final SignIns signIns;
  private final Sessions sessions;

  public Gate(Hosts hosts, Keyring keys, SignIns signIns, Sessions sessions) {
    this.hosts = hosts;
    this.signIns = signIns;
    this.keys = keys;
    this.sessions = sessions;
  }

  /**
   * Refuses what a foreign page makes a browser send.
   *
   * @throws ProblemException if the request is of that kind
   */
  public void requireOwn(HttpServerRequest request) {
    List<String> host = request.requestHeaders().getAll(HttpHeaderNames.HOST);
    String name = host.size() == 1 ? host.get(0) : null;
    if (!hosts.allows(name, request.hostAddress())) {
      throw Problem.of(
              421,
              "unknown_host",
              "this service does not go by that name",
              "start it with --allow-host NAME for each name that it has")
          .exception();
    }
    if (!HARMLESS.contains(request.method()) && isForeign(request, String.valueOf(name))) {
      throw Problem.of(403, "foreign_origin", "another site's page may not do this").exception();
    }
  }

  private static boolean isForeign(HttpServerRequest request, String host) {
    String origin = request.requestHeaders().get(HttpHeaderNames.ORIGIN);
    String site = request.requestHeaders().get("Sec-Fetch-Site");
    boolean foreignSite = site != null && !site.equals("same-origin") && !site.equals("none");
    if (origin == null) {
      return foreignSite;
    }
    String lower = origin.toLowerCase(Locale.ROOT);
    String own = host.toLowerCase(Locale.ROOT);
    return foreignSite || !(lower.equals("http://" + own) || lower.equals("https://" + own));
  }

  /** The caller; an error if the key is not valid and the route is not open to all. */
  public Mono<Caller> caller(HttpServerRequest request, Access access) {
    if (access == Access.OPEN) {
      return Mono.just(NOBODY);
    }
    if (keys.open()) {
      return Mono.just(EVERYBODY);
    }
    String authorization = request.requestHeaders().get(HttpHeaderNames.AUTHORIZATION);
    Mono<Caller> known =
        authorization == null ? bySession(request) : byKey(bearer(authorization), request);
    return known.switchIfEmpty(Mono.error(Gate::unknown));
  }

  /**
   * Refuses what the caller may not do, or a foreign page does in the caller's name.
   *
   * @throws ProblemException if it may not be done
   */
  public void requirePermitted(HttpServerRequest request, Caller caller, Access access) {
    Session session = caller.session();
    if (session != null) {
      requireToken(request, session);
    }
    requireRole(caller, access);
  }

  private Mono<Caller> byKey(@Nullable String key, HttpServerRequest request) {
    return key == null
        ? Mono.empty()
        : signIns.find(key, request).map(found -> Caller.of(found, null));
  }

  private Mono<Caller> bySession(HttpServerRequest request) {
    String token = cookie(request);
    return token == null
        ? Mono.empty()
        : Blocking.call(() -> sessions.use(token))
            .flatMap(Mono::justOrEmpty)
            .map(session -> Caller.of(session.key(), session));
  }

  private static void requireToken(HttpServerRequest request, Session session) {
    if (!HARMLESS.contains(request.method())
        && !same(session.csrf(), request.requestHeaders().get("X-CSRF-Token"))) {
      throw Problem.of(403, "csrf", "the header X-CSRF-Token is missing or wrong").exception();
    }
  }

  /** True if a caller who was let in still would be: the key is there, and the session. */
  public Mono<Boolean> holds(Caller caller) {
    ApiKey key = caller.key();
    Session session = caller.session();
    if (session != null) {
      return Blocking.call(() -> sessions.holds(session));
    }
    return key == null ? Mono.just(true) : keys.holds(key);
  }

  /** The text of the session's cookie; null if there is none. */
  public static @Nullable String cookie(HttpServerRequest request) {
    String header = request.requestHeaders().get(HttpHeaderNames.COOKIE);
    if (header == null) {
      return null;
    }
    List<String> found =
        ServerCookieDecoder.STRICT.decodeAll(header).stream()
            .filter(cookie -> cookie.name().equals(COOKIE))
            .map(Cookie::value)
            .toList();
    return found.size() == 1 ? found.get(0) : null;
  }

  private static @Nullable String bearer(String authorization) {
    return authorization.regionMatches(true, 0, "Bearer ", 0, 7)
        ? authorization.substring(7).strip()
        : null;
  }

  private static boolean same(String expected, @Nullable String given) {
    return given != null
        && MessageDigest.isEqual(
            expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  private static void requireRole(Caller caller, Access access) {
    Role least =
        switch (access) {
          case APPROVER -> Role.APPROVER;
          case OPERATOR -> Role.OPERATOR;
          case OPEN, VIEWER -> Role.VIEWER;
        };
    if (!caller.role().includes(least)) {
      throw Problem.of(403, "not_permitted", "this needs the role " + least.label()).exception();
    }
  }

  private static ProblemException unknown() {
    return Problem.of(
            401,
            "not_authenticated",
            "invalid or missing API key",
            "send 'Authorization: Bearer KEY'; 'sluice serve --new-key NAME' makes keys")
        .with("WWW-Authenticate", "Bearer realm=\"sluice\"")
        .exception();
  }
}
