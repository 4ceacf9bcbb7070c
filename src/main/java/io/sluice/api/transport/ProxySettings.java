package io.sluice.api.transport;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Through which proxy {@code https:} calls go, and which hosts are reached without it. Follows the
 * custom of {@code HTTPS_PROXY}, {@code ALL_PROXY} and {@code NO_PROXY}.
 *
 * @param url the proxy, with its user and password if it wants them; null for none
 * @param except host names, name endings, addresses, blocks of addresses or {@code *}
 * @param variable the environment variable that names the proxy, for messages
 */
public record ProxySettings(@Nullable URI url, List<String> except, String variable) {
  private static final String USUAL = "HTTPS_PROXY";

  /** What Java puts where bytes are no text. */
  private static final char NO_CHARACTER = '\ufffd';

  private static final Pattern UNDERSCORE =
      Pattern.compile("([^@]*@)?[A-Za-z0-9.-]*_[A-Za-z0-9._-]*(:\\d+)?");
  private static final String ODD_NAME =
      ". A host name with '_' is none: name the proxy by its IP address, or by another name";

  /** No proxy. */
  public static final ProxySettings NONE = new ProxySettings(null, List.of(), USUAL);

  /**
   * Reads the values of {@code HTTPS_PROXY} and {@code NO_PROXY}; empty counts as unset.
   *
   * @throws IllegalArgumentException if one of them cannot be used; the proxy's address is not
   *     repeated, as it may hold a password
   */
  public static ProxySettings of(@Nullable String httpsProxy, @Nullable String noProxy) {
    return of(USUAL, httpsProxy, "NO_PROXY", noProxy);
  }

  /**
   * The same for variables of other names, such as the lower-case ones.
   *
   * @throws IllegalArgumentException as above
   */
  public static ProxySettings of(
      String variable, @Nullable String httpsProxy, String noVariable, @Nullable String noProxy) {
    if (httpsProxy == null || httpsProxy.isBlank()) {
      return NONE;
    }
    List<String> except = noProxy == null ? List.of() : DirectHosts.entries(noVariable, noProxy);
    if (except.contains("*")) {
      return NONE;
    }
    String stripped = httpsProxy.strip();
    String address = stripped.contains("://") ? stripped : "http://" + stripped;
    URI url;
    try {
      url = URI.create(address);
    } catch (IllegalArgumentException broken) {
      throw unusable(variable);
    }
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    if (List.of("https", "socks", "socks4", "socks5", "socks5h").contains(scheme)) {
      throw new IllegalArgumentException(
          variable
              + " names a proxy by "
              + scheme
              + ":, which Sluice does not speak; give one that is reached by http:, like"
              + " HTTPS_PROXY=http://proxy.example:3128, or NO_PROXY='*' to go without one");
    }
    if (!scheme.equals("http")
        || url.getRawAuthority() == null
        || url.getRawAuthority().endsWith(":")
        || !List.of("", "/").contains(String.valueOf(url.getRawPath()))
        || url.getRawQuery() != null
        || url.getRawFragment() != null) {
      throw unusable(variable);
    }
    if (url.getHost() == null) {
      throw unusable(variable, UNDERSCORE.matcher(url.getRawAuthority()).matches() ? ODD_NAME : "");
    }
    if (url.getPort() == 0 || url.getPort() > 65535) {
      throw new IllegalArgumentException(
          variable + ": " + url.getPort() + " is not a port; ports are 1 to 65535");
    }
    ProxySettings settings = new ProxySettings(url, except, variable);
    if ((settings.user() + settings.password()).indexOf(NO_CHARACTER) >= 0) {
      throw new IllegalArgumentException(
          variable
              + ": the percent-encoded user or password is not UTF-8; an accented letter such as \u00e9"
              + " is written %C3%A9");
    }
    if (settings.user() != null && settings.user().indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          variable + ": the user's name holds a ':', which proxies take for its end");
    }
    return settings;
  }

  /** The proxy for a target, or null if it is reached directly. */
  @Nullable URI proxyFor(URI target) {
    if (url == null
        || !"https".equalsIgnoreCase(target.getScheme())
        || Loopback.is(target.getHost())) {
      return null;
    }
    int port = target.getPort() < 0 ? 443 : target.getPort();
    boolean direct =
        except.stream().anyMatch(entry -> DirectHosts.names(entry, target.getHost(), port));
    return direct ? null : url;
  }

  /** The user that the proxy is given, decoded; null for none. */
  @Nullable String user() {
    String both = url == null ? null : url.getRawUserInfo();
    return both == null ? null : decoded(both.split(":", 2)[0]);
  }

  /** The user's password, decoded; empty for none. */
  String password() {
    String both = url == null ? null : url.getRawUserInfo();
    int colon = both == null ? -1 : both.indexOf(':');
    return both == null || colon < 0 ? "" : decoded(both.substring(colon + 1));
  }

  /** What no text may show. */
  public List<String> secrets() {
    List<String> secrets = new ArrayList<>();
    if (url != null && url.getRawUserInfo() != null) {
      secrets.add(url.getRawUserInfo());
      secrets.add(password());
    }
    return secrets;
  }

  /** The proxy's host and port. */
  String place() {
    return url == null ? "" : url.getHost() + ":" + portOf(url);
  }

  /** The port of a proxy's address; 3128, as is the custom, if it names none. */
  static int portOf(URI proxy) {
    return proxy.getPort() < 0 ? 3128 : proxy.getPort();
  }

  /** Percent-encoding alone: a plus sign is one. */
  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static IllegalArgumentException unusable(String variable) {
    return unusable(variable, "");
  }

  private static IllegalArgumentException unusable(String variable, String more) {
    return new IllegalArgumentException(
        variable
            + " is not an address like http://proxy.example:3128 or"
            + " http://user:password@proxy.example:3128, with nothing after the port; in a user or"
            + " password, characters such as / ? # @ : \\ and % are written percent-encoded (%2F %3F"
            + " %23 %40 %3A %5C %25)"
            + more);
  }

  /** Where the proxy is; never its password. */
  @Override
  public String toString() {
    return url == null ? "no proxy" : "proxy " + place();
  }
}
