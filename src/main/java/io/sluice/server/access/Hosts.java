package io.sluice.server.access;

import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names under which the service may be called. A page of another name whose DNS entry points
 * here must not be able to read from it.
 */
public final class Hosts {
  private static final String NAME = "\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+";
  private static final Pattern AUTHORITY = Pattern.compile("(" + NAME + ")(?::(\\d{1,5}))?");

  private final Set<String> allowed = new HashSet<>(Set.of("localhost", "127.0.0.1", "[::1]"));

  /** This machine's own names, and these. */
  public Hosts(List<String> names) {
    names.forEach(name -> allowed.add(canonical(name)));
  }

  /** True for what can be the name of a host, or an address: IPv6 in brackets, and no port. */
  public static boolean isName(String text) {
    return text.matches(NAME);
  }

  /**
   * True if the service may be called so: by an allowed name, whatever the port, or by the very
   * address that was called.
   *
   * @param host the Host header
   * @param called the address at which the request arrived; null if that is unknown
   */
  boolean allows(@Nullable String host, @Nullable InetSocketAddress called) {
    Optional<String> name = name(host);
    return name.isPresent()
        && (allowed.contains(name.get()) || (called != null && name.get().equals(text(called))));
  }

  private static Optional<String> name(@Nullable String host) {
    Matcher authority = AUTHORITY.matcher(host == null ? "" : host);
    return authority.matches() ? Optional.of(canonical(authority.group(1))) : Optional.empty();
  }

  private static String canonical(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  private static String text(InetSocketAddress address) {
    String literal = address.getAddress().getHostAddress();
    int zone = literal.indexOf('%');
    String plain = zone < 0 ? literal : literal.substring(0, zone);
    return plain.indexOf(':') < 0 ? plain : "[" + plain + "]";
  }
}
