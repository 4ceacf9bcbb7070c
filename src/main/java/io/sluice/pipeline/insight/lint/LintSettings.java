package io.sluice.pipeline.insight.lint;

import io.sluice.catalog.KnownDomains;
import java.time.LocalDate;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The subject of a search, and the patterns to search.
 *
 * @param ignored rules that are not looked at
 * @param today the day on which it is, for what expires
 * @param additions domains that count among the known ones besides the selection
 */
public record LintSettings(
    Set<LintRule> ignored,
    LocalDate today,
    Map<KnownDomains, ? extends Collection<String>> additions) {
  /** So many days before its last day a record expires soon. */
  static final int SOON_DAYS = 14;

  /** Keeps copies. */
  public LintSettings {
    ignored = Set.copyOf(ignored);
    additions = Map.copyOf(additions);
  }

  boolean looksFor(LintRule rule) {
    return !ignored.contains(rule);
  }

  /** The known domains of each list, additions included. */
  Map<KnownDomains, Set<String>> known() {
    Map<KnownDomains, Set<String>> known = new EnumMap<>(KnownDomains.class);
    for (KnownDomains list : KnownDomains.values()) {
      Collection<String> more = additions.get(list);
      known.put(list, list.with(more == null ? List.of() : more));
    }
    return known;
  }
}
