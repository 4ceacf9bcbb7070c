package io.sluice.api.transport;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a feed is.
 *
 * @param uri an absolute {@code https:} address, or {@code http:} where that is allowed
 */
public record FeedAddress(URI uri) {
  private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://");

  /** True if the text is meant as the address of a feed, and not as the name of a file. */
  public static boolean is(String text) {
    return ADDRESS.matcher(text).lookingAt();
  }

  /**
   * Reads an address.
   *
   * @param allowHttp whether plain {@code http:} may leave this machine
   * @throws IllegalArgumentException if it cannot be used, without repeating what it may hold of
   *     secrets
   */
  public static FeedAddress of(String text, boolean allowHttp) {
    URI uri;
    try {
      uri = URI.create(text.strip());
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException("the address of the feed is not well-formed", malformed);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (uri.getHost() == null || uri.isOpaque()) {
      throw new IllegalArgumentException("the address of the feed names no host");
    } else if (!scheme.equals("https") && !scheme.equals("http")) {
      throw new IllegalArgumentException(
          "a feed is fetched over https:, and not over " + scheme + ":");
    } else if (uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "the address of the feed holds a user name: leave it out, since addresses are shown");
    } else if (scheme.equals("http") && !allowHttp && !Loopback.is(uri.getHost())) {
      throw new IllegalArgumentException(
          "the feed at "
              + uri.getHost()
              + " would come over plain http:, where anyone on the way can change it; use https:,"
              + " or --allow-http if the way there is safe");
    }
    return new FeedAddress(uri);
  }

  /** The name of the file that it leads to. */
  public String fileName() {
    String path = uri.getPath() == null ? "" : uri.getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  boolean secure() {
    return "https".equalsIgnoreCase(uri.getScheme());
  }

  /** True if both lead to the same server by the same way. */
  boolean sameOrigin(FeedAddress other) {
    return uri.getScheme().equalsIgnoreCase(other.uri.getScheme())
        && uri.getHost().equalsIgnoreCase(other.uri.getHost())
        && port() == other.port();
  }

  private int port() {
    return uri.getPort() >= 0 ? uri.getPort() : secure() ? 443 : 80;
  }

  /** The address for people and files, without its query, which may hold a key. */
  @Override
  public String toString() {
    return uri.getScheme()
        + "://"
        + uri.getRawAuthority()
        + (uri.getRawPath() == null ? "" : uri.getRawPath());
  }
}
