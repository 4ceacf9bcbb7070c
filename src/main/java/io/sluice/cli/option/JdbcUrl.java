package io.sluice.cli.option;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What the address of a database gives away. */
public final class JdbcUrl {
  /** Parts of names of parameters that hold secrets, once blanks and signs are gone. */
  private static final List<String> SECRETS =
      List.of("pass", "pwd", "secret", "token", "credential", "apikey");

  /** Names that look like it, and tell only where a secret is. */
  private static final List<String> WHERE = List.of("file", "callback");

  private static final Pattern SEPARATORS = Pattern.compile("[?&;]");
  private static final Pattern SIGNS = Pattern.compile("[^a-z]");
  private static final int DEEPEST = 5;

  private JdbcUrl() {}

  /**
   * True if the address holds a secret or somebody's name before an {@code @}, however it is
   * spelled: percent-encoded even.
   */
  public static boolean holdsSecret(String url) {
    String[] parts = SEPARATORS.split(url, -1);
    if (decoded(parts[0]).indexOf('@') >= 0) {
      return true;
    }
    for (String spelling : List.of(url, decoded(url))) {
      String[] parameters = SEPARATORS.split(spelling, -1);
      for (int i = 1; i < parameters.length; i++) {
        if (isSecret(parameters[i])) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isSecret(String parameter) {
    int equals = parameter.indexOf('=');
    if (equals < 0) {
      // The rest of a password that has a question mark or the like in it.
      return decoded(parameter).indexOf('@') >= 0;
    }
    String plain = decoded(parameter.substring(0, equals)).toLowerCase(Locale.ROOT);
    String name = SIGNS.matcher(plain).replaceAll("");
    return SECRETS.stream().anyMatch(name::contains) && WHERE.stream().noneMatch(name::endsWith);
  }

  private static String decoded(String text) {
    String plain = text;
    for (int i = 0; i < DEEPEST; i++) {
      String next;
      try {
        next = URLDecoder.decode(plain, StandardCharsets.UTF_8);
      } catch (IllegalArgumentException malformed) {
        return plain;
      }
      if (next.equals(plain)) {
        return plain;
      }
      plain = next;
    }
    return plain;
  }
}
