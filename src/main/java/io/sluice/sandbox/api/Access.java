package io.sluice.sandbox.api;

import io.sluice.sandbox.Problem;
import io.sluice.sandbox.Request;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The accepted credentials: two tokens, and the older pair of an e-mail address and a key. */
public final class Access {
  static final Problem NOT_ENTITLED =
      Problem.of(403, 1010, "Email Security is not available in the current subscription");
  private static final Problem MISSING =
      Problem.of(401, 9106, "Missing X-Auth-Key, X-Auth-Email or Authorization headers");
  private static final Problem UNKNOWN = Problem.of(401, 10000, "Authentication error");
  private static final Problem READ_ONLY =
      Problem.of(403, 10000, "Authentication error: this token may not write");

  private final String token;
  private final String readOnlyToken;
  private final String email;
  private final String apiKey;
  private final Set<String> revoked = ConcurrentHashMap.newKeySet();

  public Access(String token, String readOnlyToken, String email, String apiKey) {
    this.token = token;
    this.readOnlyToken = readOnlyToken;
    this.email = email;
    this.apiKey = apiKey;
  }

  public String token() {
    return token;
  }

  public String readOnlyToken() {
    return readOnlyToken;
  }

  public String email() {
    return email;
  }

  public String apiKey() {
    return apiKey;
  }

  public void revoke(String credential) {
    revoked.add(credential);
  }

  public void restore(String credential) {
    revoked.remove(credential);
  }

  /** The token or key that a call bears, or empty: what its quota is counted by. */
  static String credential(Request request) {
    String authorization = request.header("authorization");
    return authorization.regionMatches(true, 0, "Bearer ", 0, 7)
        ? authorization.substring(7).strip()
        : request.header("x-auth-key");
  }

  @Nullable Problem check(Request request) {
    String credential = credential(request);
    if (credential.isEmpty()) {
      return MISSING;
    } else if (revoked.contains(credential)) {
      return UNKNOWN;
    } else if (credential.equals(token)) {
      return null;
    } else if (credential.equals(readOnlyToken)) {
      return request.isWrite() ? READ_ONLY : null;
    }
    boolean pair = credential.equals(apiKey) && request.header("x-auth-email").equals(email);
    return pair ? null : UNKNOWN;
  }
}
