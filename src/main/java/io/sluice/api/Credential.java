package io.sluice.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The credential of the caller. Its secret part appears in no text that this type makes. */
public sealed interface Credential {

  /** The request headers that carry it. Source: Cloudflare's API reference, "Security". */
  Map<String, String> headers();

  /**
   * Tells two credentials apart without revealing either: the same text for the same credential, in
   * every process.
   */
  String fingerprint();

  /** The text with whatever identifies this credential hidden: an error of others may quote it. */
  String hideIn(String text);

  /** An API token, sent as a bearer token. */
  static Credential token(String token) {
    return new ApiToken(token);
  }

  /** The older pair of an account's e-mail address and its global API key. */
  static Credential emailAndKey(String email, String key) {
    return new EmailAndKey(email, key);
  }

  /**
   * An API token.
   *
   * @param secret the token itself
   */
  record ApiToken(String secret) implements Credential {
    @Override
    public Map<String, String> headers() {
      return Map.of("Authorization", "Bearer " + secret);
    }

    @Override
    public String fingerprint() {
      return Credential.digest(secret);
    }

    @Override
    public String hideIn(String text) {
      return Secrets.of(List.of(secret)).hideIn(text);
    }

    @Override
    public String toString() {
      return "API token (hidden)";
    }
  }

  /**
   * An e-mail address and a global API key.
   *
   * @param email whose key it is
   * @param secret the key itself
   */
  record EmailAndKey(String email, String secret) implements Credential {
    @Override
    public Map<String, String> headers() {
      return Map.of("X-Auth-Email", email, "X-Auth-Key", secret);
    }

    @Override
    public String fingerprint() {
      return Credential.digest(email + '\0' + secret);
    }

    @Override
    public String hideIn(String text) {
      return Secrets.of(List.of(secret, email)).hideIn(text);
    }

    @Override
    public String toString() {
      return "API key of " + email + " (hidden)";
    }
  }

  private static String digest(String secret) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java has SHA-256", missing);
    }
  }
}
