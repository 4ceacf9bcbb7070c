package io.sluice.api;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * One account of one API, and what opens it.
 *
 * @param baseUrl where the API is, such as {@code https://api.cloudflare.com/client/v4}
 * @param id the account's id, 1 to 32 of {@code [A-Za-z0-9_-]}
 * @param credential what is sent with every call
 */
public record ApiAccount(URI baseUrl, String id, Credential credential) {
  /** Where Cloudflare's own API is. */
  public static final URI CLOUDFLARE = URI.create("https://api.cloudflare.com/client/v4");

  /** What ids of accounts look like, in words. */
  public static final String IDS =
      "an account id is 1 to 32 letters, digits, '-' or '_'; in practice 32 hex digits";

  /** Where an account's settings are below any base URL, with a slash at the end. */
  static final String TEMPLATE = "/accounts/{account}/email-security/settings/";

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,32}");

  /** Refuses an id or base URL that cannot be one, with a message that says what would be right. */
  public ApiAccount {
    check(baseUrl, id);
  }

  /**
   * Refuses an id or base URL that cannot be one, before a credential is looked for.
   *
   * @throws IllegalArgumentException saying what would be right
   */
  public static void check(URI baseUrl, String id) {
    if (!isId(id)) {
      throw new IllegalArgumentException(IDS);
    }
    if (!isUsable(baseUrl)) {
      throw new IllegalArgumentException(
          "a base URL is like https://api.cloudflare.com/client/v4, without user, query or"
              + " fragment");
    }
    checkPath(baseUrl);
  }

  /** A path that an account's settings are put behind cannot hold what is put there. */
  private static void checkPath(URI baseUrl) {
    String path = String.valueOf(baseUrl.getPath()).replaceAll("/+$", "");
    int half = path.length() / 2;
    boolean doubled = half > 0 && path.substring(0, half).equals(path.substring(half));
    if (doubled || path.contains("/accounts/") || path.contains("/email-security")) {
      throw new IllegalArgumentException(
          "the base URL's path "
              + (doubled ? "stands there twice" : "goes too far")
              + ": the base URL must end before /accounts, as https://api.cloudflare.com/client/v4 does");
    }
  }

  /** True if the text can be the id of an account. */
  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /** The path below which this account's settings are, without a slash at the end. */
  String settings() {
    String root = baseUrl.toString();
    String plain = root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
    String path = TEMPLATE.replace("{account}", id);
    return plain + path.substring(0, path.length() - 1);
  }

  private static boolean isUsable(URI url) {
    boolean http = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
    return http
        && url.getHost() != null
        && url.getRawUserInfo() == null
        && url.getRawQuery() == null
        && url.getRawFragment() == null;
  }
}
