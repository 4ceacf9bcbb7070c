package io.sluice.pipeline.insight.lint;

import io.sluice.catalog.Effect;
import io.sluice.catalog.Effect.Action;
import io.sluice.catalog.Effect.Party;
import io.sluice.catalog.Resource;
import io.sluice.pipeline.insight.RecordName;
import io.sluice.pipeline.insight.match.RecordPattern;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/**
 * The part of a record that is kept while all of them are checked.
 *
 * @param effects which of its resource's effects are on: a bit each
 * @param verified which of these count for verified messages alone
 * @param silenced which rules its comment silences
 * @param held whether it is there only for others to be compared with: nothing is said of it alone
 */
record ListedRecord(
    RecordName name,
    RecordPattern pattern,
    int effects,
    int verified,
    Set<LintRule> silenced,
    boolean held) {

  static ListedRecord of(
      RecordName name,
      RecordPattern pattern,
      ObjectNode record,
      Set<LintRule> silenced,
      boolean held) {
    Resource resource = name.resource();
    List<Effect> all = resource.effects();
    int on = 0;
    int verified = 0;
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).isOn(resource, record)) {
        on |= 1 << i;
        verified |= all.get(i).needsVerification(resource, record) ? 1 << i : 0;
      }
    }
    return new ListedRecord(name, pattern, on, verified, silenced, held);
  }

  Resource resource() {
    return name.resource();
  }

  boolean silences(LintRule rule) {
    return silenced.contains(rule);
  }

  /** True if it does something of that kind to messages of that party. */
  boolean does(Party party, Predicate<Action> action) {
    return effect(party, action, effects);
  }

  /** The same, whether or not messages are verified. */
  boolean doesUnverified(Party party, Predicate<Action> action) {
    return effect(party, action, effects & ~verified);
  }

  private boolean effect(Party party, Predicate<Action> action, int among) {
    List<Effect> all = resource().effects();
    for (int i = 0; i < all.size(); i++) {
      Effect effect = all.get(i);
      if ((among & 1 << i) != 0 && effect.party() == party && action.test(effect.action())) {
        return true;
      }
    }
    return false;
  }

  /** True if this record does at least what the other one does, and no more rarely. */
  boolean doesWhat(ListedRecord other) {
    int missing = other.effects & ~effects;
    int rarer = verified & other.effects & ~other.verified;
    return other.effects != 0 && missing == 0 && rarer == 0;
  }
}
