package io.sluice.pipeline.insight.lint;

import io.sluice.catalog.Effect.Action;
import io.sluice.catalog.Effect.Party;
import io.sluice.catalog.Resource;
import io.sluice.catalog.Rule;
import io.sluice.pipeline.insight.match.PatternIndex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The records of one resource that have a pattern, and an index of them. */
final class RecordList {
  private final Resource resource;
  private final List<ListedRecord> records = new ArrayList<>();
  private final Map<String, List<Integer>> regexes = new HashMap<>();
  private final PatternIndex index = new PatternIndex();

  RecordList(Resource resource) {
    this.resource = resource;
  }

  Resource resource() {
    return resource;
  }

  /** Adds a record; one that matches everything is not indexed: it is reported by itself. */
  void add(ListedRecord record, boolean everything) {
    int ordinal = records.size();
    records.add(record);
    if (!everything) {
      index.add(ordinal, record.pattern());
      if (record.pattern().regex()) {
        regexes.computeIfAbsent(record.pattern().text(), text -> new ArrayList<>()).add(ordinal);
      }
    }
  }

  /** Makes what was added findable. */
  void build() {
    index.build();
  }

  List<ListedRecord> records() {
    return records;
  }

  PatternIndex index() {
    return index;
  }

  /** The records with that very expression. */
  List<Integer> withRegex(String text) {
    return regexes.getOrDefault(text, List.of());
  }

  /**
   * True if records of the same pattern and effects do the same. A person of the impersonation
   * registry has a name besides, which no other entry protects.
   */
  boolean isByPatternAlone() {
    Rule.Pattern pattern = resource.pattern();
    return pattern == null
        || resource.key().stream()
            .allMatch(field -> field.equals(pattern.field()) || field.equals(pattern.typeField()));
  }

  /** True if such records do something of that kind to senders. */
  boolean can(Predicate<Action> action) {
    return can(resource, action);
  }

  static boolean can(Resource resource, Predicate<Action> action) {
    return resource.effects().stream()
        .anyMatch(effect -> effect.party() == Party.SENDER && action.test(effect.action()));
  }

  /** True if such records can name domains of the account, or domains that it trusts. */
  boolean isOfDomains() {
    return isOfDomains(resource);
  }

  static boolean isOfDomains(Resource resource) {
    return resource.effects().stream()
        .anyMatch(effect -> effect.action() == Action.OWNS || effect.action() == Action.VOUCHES);
  }
}
