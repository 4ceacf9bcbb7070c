package io.sluice.catalog.pattern;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The addresses of a {@code mailto:} link. Source: RFC 6068. */
final class MailtoLink {
  private static final Pattern LINK =
      Pattern.compile("mailto:(?://)?(?<to>[^?]*)(\\?(?<fields>.*))?", Pattern.CASE_INSENSITIVE);
  private static final Pattern RECIPIENT =
      Pattern.compile("(^|[&;])(to|cc|bcc)=", Pattern.CASE_INSENSITIVE);

  private MailtoLink() {}

  static boolean is(String text) {
    return LINK.matcher(text).matches();
  }

  /** Its addresses; null if they are not clear. */
  static @Nullable List<String> addresses(String text) {
    Matcher link = LINK.matcher(text);
    if (!link.matches()) {
      return null;
    }
    String fields = link.group("fields");
    if (fields != null && RECIPIENT.matcher(fields).find()) {
      return null;
    }
    List<String> addresses = new ArrayList<>();
    for (String address : link.group("to").split(",", -1)) {
      String decoded = decoded(address.strip());
      if (decoded == null) {
        return null;
      }
      addresses.add(decoded);
    }
    return addresses;
  }

  /** A plus sign stands for itself here. */
  private static @Nullable String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }
}
