package io.sluice.catalog.pattern;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A line of a name server's configuration that blocks names: dnsmasq's {@code address=}. Those of
 * other servers are recognised and refused.
 */
final class NameServerLine {
  private static final Pattern DNSMASQ =
      Pattern.compile("address=/(?<names>[^/\\s]+(?:/[^/\\s]+)*)/(?<to>[^/\\s]*)");
  private static final Pattern OTHERS =
      Pattern.compile(
          "(local-zone:|local-data:|zone[ \t]+\"|server=/|local=/|address=/|ipset=/).*"
              + "|\\S+[ \t]+(IN[ \t]+)?CNAME[ \t]+\\S+");

  private NameServerLine() {}

  static boolean is(String text) {
    return DNSMASQ.matcher(text).matches() || OTHERS.matcher(text).matches();
  }

  /** The names that it blocks; null if it is refused. */
  static @Nullable List<String> blocked(String text) {
    Matcher line = DNSMASQ.matcher(text);
    if (!line.matches()) {
      return null;
    }
    String to = line.group("to");
    boolean nowhere = List.of("", "#", "0.0.0.0", "::", "::1").contains(to);
    return nowhere || to.startsWith("127.")
        ? Arrays.asList(line.group("names").split("/", -1))
        : null;
  }
}
