package io.sluice.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The credential of the caller. Its secret part appears in no text that this type makes. */
public final class Credential {
  private final Map<String, String> headers;
  private final List<String> hidden;
  private final String whole;
  private final String shown;

  /**
   * @param hidden what identifies it
   * @param whole all of it, of which the fingerprint is made
   * @param shown its name for people
   */
  private Credential(Map<String, String> headers, List<String> hidden, String whole, String shown) {
    this.headers = headers;
    this.hidden = hidden;
    this.whole = whole;
    this.shown = shown;
  }

  /** An API token, sent as a bearer token. */
  public static Credential token(String token) {
    return new Credential(
        Map.of("Authorization", "Bearer " + token), List.of(token), token, "API token (hidden)");
  }

  /** The older pair of an account's e-mail address and its global API key. */
  public static Credential emailAndKey(String email, String key) {
    return new Credential(
        Map.of("X-Auth-Email", email, "X-Auth-Key", key),
        List.of(key, email),
        email + '\0' + key,
        "API key of " + email + " (hidden)");
  }

  /** The request headers that carry it. Source: Cloudflare's API reference, "Security". */
  public Map<String, String> headers() {
    return headers;
  }

  /**
   * Tells two credentials apart without revealing either: the same text for the same credential, in
   * every process.
   */
  public String fingerprint() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(whole.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java has SHA-256", missing);
    }
  }

  /** The text with whatever identifies this credential hidden: an error of others may quote it. */
  public String hideIn(String text) {
    return Secrets.of(hidden).hideIn(text);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Credential same && headers.equals(same.headers);
  }

  @Override
  public int hashCode() {
    return headers.hashCode();
  }

  @Override
  public String toString() {
    return shown;
  }
}
