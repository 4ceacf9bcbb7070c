package io.sluice.pipeline.imports.input;

import io.sluice.catalog.pattern.PatternType;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The words that people and other tools write for the types of patterns. */
final class TypeWords {
  private static final Map<PatternType, Set<String>> WORDS =
      Map.of(
          PatternType.EMAIL,
          Set.of(
              "email",
              "emailaddr",
              "emailaddress",
              "emailadresse",
              "emailsrc",
              "mail",
              "mailaddress",
              "mailadresse"),
          PatternType.DOMAIN,
          Set.of(
              "domain", "domaene", "domäne", "domainname", "domaine", "fqdn", "host", "hostname"),
          PatternType.IP,
          Set.of(
              "cidr",
              "ip",
              "ipaddr",
              "ipaddress",
              "ipadresse",
              "ipdst",
              "ipsrc",
              "ipv4",
              "ipv4addr",
              "ipv6",
              "ipv6addr"));

  private static final Set<String> REGEX =
      Set.of("regex", "regexp", "regularexpression", "regulaererausdruck", "regulärerausdruck");

  private TypeWords() {}

  /**
   * The type that the word means, in any case, blanks and dashes left out; null if none is known.
   */
  static @Nullable PatternType typeOf(String word) {
    String plain = plain(word);
    return WORDS.entrySet().stream()
        .filter(type -> type.getValue().contains(plain))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  /** True if the word means a regular expression, which is no type of its own. */
  static boolean isRegex(String word) {
    return REGEX.contains(plain(word));
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
  }
}
