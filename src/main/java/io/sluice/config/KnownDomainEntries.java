package io.sluice.config;

import io.sluice.catalog.KnownDomains;
import io.sluice.catalog.NearestName;
import io.sluice.catalog.pattern.PatternSyntax;
import io.sluice.catalog.pattern.PatternType;
import io.sluice.catalog.pattern.Spelling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The domains that a profile adds to the known ones, understood to the last key:
 *
 * <pre>lint: {mailbox-providers: […], shared-providers: […], public-suffixes: […]}</pre>
 */
final class KnownDomainEntries {
  private static final List<String> KEYS =
      Arrays.stream(KnownDomains.values()).map(KnownDomains::label).toList();

  private KnownDomainEntries() {}

  /**
   * What the section says.
   *
   * @throws IllegalArgumentException saying which key is unknown, or which value is no domain
   */
  static Map<KnownDomains, List<String>> in(JsonNode section) {
    Map<KnownDomains, List<String>> domains = new EnumMap<>(KnownDomains.class);
    if (section.isMissingNode()) {
      return domains;
    } else if (!section.isObject()) {
      throw new IllegalArgumentException("'lint' is not a mapping of " + String.join(", ", KEYS));
    }
    for (String key : section.propertyNames()) {
      domains.put(list(key), domains(key, section.path(key)));
    }
    return domains;
  }

  private static KnownDomains list(String key) {
    return Arrays.stream(KnownDomains.values())
        .filter(list -> list.label().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the key '"
                        + key
                        + "' of 'lint' is unknown; the nearest is '"
                        + NearestName.of(key, KEYS)
                        + "', and known are "
                        + String.join(", ", KEYS)));
  }

  private static List<String> domains(String key, JsonNode list) {
    if (!list.isArray()) {
      throw new IllegalArgumentException("lint: '" + key + "' is not a list of domains");
    }
    List<String> domains = new ArrayList<>();
    for (JsonNode one : list) {
      String text = one.isString() ? one.stringValue() : one.toString();
      String wrong = PatternSyntax.domain(text);
      if (wrong != null) {
        throw new IllegalArgumentException("lint: " + key + ": '" + text + "': " + wrong);
      }
      domains.add(Spelling.folded(PatternType.DOMAIN, text));
    }
    return domains;
  }
}
