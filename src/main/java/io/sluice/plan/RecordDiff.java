package io.sluice.plan;

import io.sluice.catalog.Ability;
import io.sluice.catalog.Resource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What would have to happen to a record, or to the lack of one, for it to become another. */
public sealed interface RecordDiff {

  /**
   * It would be made.
   *
   * @param values what a client can write of it
   */
  record Created(ObjectNode values) implements RecordDiff {}

  /**
   * It would be changed.
   *
   * @param changes the fields that differ, in the catalogue's order; never empty
   */
  record Changed(List<FieldChange> changes) implements RecordDiff {}

  /**
   * It would be deleted.
   *
   * @param values what a client can write of it
   */
  record Deleted(ObjectNode values) implements RecordDiff {}

  /**
   * No client can make it happen.
   *
   * @param code a short stable name of the reason
   * @param message the reason for people
   * @param changes the fields that differ, where there are two records
   */
  record Bound(String code, String message, List<FieldChange> changes) implements RecordDiff {}

  /**
   * What it takes to get from one record to the other: nothing if they behave alike, two things if
   * only some of the fields that differ can be changed.
   *
   * @param before null if there is none yet
   * @param after null if there is none any more; a field that it lacks counts as empty
   * @param origin what is known of the accounts that they are of
   */
  static List<RecordDiff> between(
      Resource resource, @Nullable ObjectNode before, @Nullable ObjectNode after, Origin origin) {
    if (before != null && after != null) {
      return changes(resource, before, after, origin);
    } else if (after != null) {
      return List.of(creation(resource, after, origin));
    }
    return before == null ? List.of() : List.of(deletion(resource, before, origin));
  }

  private static List<RecordDiff> changes(
      Resource resource, ObjectNode before, ObjectNode after, Origin origin) {
    List<FieldChange> all =
        Differences.between(resource, Bodies.withDefaults(resource, after, before), before, origin);
    if (all.isEmpty()) {
      return List.of();
    }
    WriteRestriction around = WriteRestriction.around(resource, before);
    if (around != null) {
      return List.of(bound(around, all));
    }
    List<RecordDiff> diffs = new ArrayList<>();
    List<FieldChange> possible =
        all.stream()
            .filter(one -> WriteRestriction.before(resource, List.of(one)) == null)
            .toList();
    if (!possible.isEmpty()) {
      diffs.add(new Changed(possible));
    }
    WriteRestriction restriction = WriteRestriction.before(resource, all);
    if (restriction != null) {
      List<FieldChange> others = new ArrayList<>(all);
      others.removeAll(possible);
      diffs.add(bound(restriction, List.copyOf(others)));
    }
    return List.copyOf(diffs);
  }

  private static RecordDiff creation(Resource resource, ObjectNode after, Origin origin) {
    ObjectNode values = Bodies.create(resource, after, origin);
    WriteRestriction restriction = WriteRestriction.before(resource, values);
    if (Key.of(resource, after).isEmpty()) {
      return nameless(resource);
    } else if (!resource.can(Ability.CREATE)) {
      return new Bound(
          "not_onboarded",
          "it is missing and can be changed, never created: onboard it first",
          List.of());
    }
    return restriction == null ? new Created(values) : bound(restriction, List.of());
  }

  private static RecordDiff deletion(Resource resource, ObjectNode before, Origin origin) {
    WriteRestriction restriction = WriteRestriction.around(resource, before);
    if (Key.of(resource, before).isEmpty()) {
      return nameless(resource);
    } else if (restriction != null) {
      return bound(restriction, List.of());
    } else if (!resource.can(Ability.CREATE)) {
      return new Bound(
          "would_unprotect",
          "it would have to go, and deleting it unprotects it and cannot be undone",
          List.of());
    }
    WriteRestriction gone = WriteRestriction.gone(resource, before);
    if (gone != null) {
      return bound(gone, List.of());
    }
    return new Deleted(Bodies.create(resource, before, origin));
  }

  private static RecordDiff nameless(Resource resource) {
    return new Bound(
        "no_key", "it has no " + String.join(" and ", resource.key()) + " to go by", List.of());
  }

  private static RecordDiff bound(WriteRestriction restriction, List<FieldChange> changes) {
    return new Bound(restriction.code(), restriction.message(), changes);
  }
}
