package io.sluice.plan;

import io.sluice.catalog.Fault;
import io.sluice.catalog.Resource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The action of one row on the account. */
public sealed interface Step {

  /**
   * Makes a record.
   *
   * @param body what to send
   */
  record Create(ObjectNode body) implements Step {}

  /**
   * Changes a record.
   *
   * @param held the record as it is
   * @param changes the fields that differ, in the catalogue's order; never empty
   * @param body what to send: the changed fields alone
   */
  record Edit(AccountRecord held, List<FieldChange> changes, ObjectNode body) implements Step {}

  /**
   * Deletes a record.
   *
   * @param held the record as it is
   * @param values what a client could write of it
   */
  record Delete(AccountRecord held, ObjectNode values) implements Step {
    /** The delete of that record. */
    public static Delete of(Resource resource, AccountRecord held) {
      return new Delete(held, Bodies.create(resource, held.fields(), Origin.THIS_ACCOUNT));
    }
  }

  /**
   * Nothing is sent.
   *
   * @param why how the row ends
   * @param id the record that it means, if one is known
   * @param code a short stable name of the reason; null if the row is unchanged or invalid
   * @param message the reason for people; null if the row is unchanged or invalid
   * @param faults what is wrong with the row, if it is invalid
   */
  record Nothing(
      Why why,
      @Nullable String id,
      @Nullable String code,
      @Nullable String message,
      List<Fault> faults)
      implements Step {

    /** The ways to end without a call. */
    public enum Why {
      /** The account holds what the row says. */
      UNCHANGED,
      /** Left alone on purpose. */
      SKIPPED,
      /** It cannot be done in this account. */
      FAILED,
      /** The row itself is at fault. */
      INVALID
    }

    static Nothing unchanged(AccountRecord held) {
      return new Nothing(Why.UNCHANGED, idOf(held), null, null, List.of());
    }

    static Nothing skipped(@Nullable AccountRecord held, String code, String message) {
      return new Nothing(Why.SKIPPED, idOf(held), code, message, List.of());
    }

    static Nothing failed(@Nullable AccountRecord held, String code, String message) {
      return new Nothing(Why.FAILED, idOf(held), code, message, List.of());
    }

    static Nothing invalid(@Nullable AccountRecord held, List<Fault> faults) {
      return new Nothing(Why.INVALID, idOf(held), null, null, List.copyOf(faults));
    }

    private static @Nullable String idOf(@Nullable AccountRecord held) {
      return held != null && held.identified() ? held.id() : null;
    }
  }
}
