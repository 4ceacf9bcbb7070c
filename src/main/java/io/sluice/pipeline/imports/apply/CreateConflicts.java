package io.sluice.pipeline.imports.apply;

import io.sluice.api.ApiException;
import io.sluice.catalog.Resource;
import io.sluice.flow.retry.CallFailure;
import io.sluice.plan.Differences;
import io.sluice.plan.FieldChange;
import io.sluice.plan.Mode;
import io.sluice.plan.Origin;
import io.sluice.plan.Tagging;
import io.sluice.report.Outcome;
import io.sluice.report.RowResult;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a create comes to that met, or may have met, its record: one that its own lost call made, or
 * one that somebody else made meanwhile.
 */
public final class CreateConflicts {
  /** How exactly two moments that two clocks tell can be compared. */
  private static final Duration SKEW = Duration.ofSeconds(5);

  private static final Duration BETWEEN_COMPARISONS = Duration.ofSeconds(1);

  /** How long a lost call may take to have its effect. */
  static final Duration LATE_EFFECT = Duration.ofSeconds(2);

  private final Resource resource;
  private final Tagging tagging;
  private final Mode mode;
  private final Origin origin;
  private final boolean saved;
  private volatile Duration ahead = Duration.ZERO;
  private volatile long comparedAt;

  /**
   * @param saved whether a saved plan is carried out, so that nothing is planned again
   */
  public CreateConflicts(Tagging tagging, Mode mode, boolean saved) {
    this.resource = tagging.resource();
    this.tagging = tagging;
    this.mode = mode;
    this.origin = tagging.origin();
    this.saved = saved;
  }

  /**
   * Learns from a record that was made just now how far ahead of this clock the server's is. Clocks
   * drift slowly: one record a second is enough.
   */
  void madeNow(ObjectNode record) {
    long now = System.nanoTime();
    if (comparedAt != 0 && now - comparedAt < BETWEEN_COMPARISONS.toNanos()) {
      return;
    }
    Instant created = createdAt(record);
    if (created != null) {
      ahead = Duration.between(Instant.now(), created);
      comparedAt = now;
    }
  }

  /** What is left to do for a create. */
  sealed interface Rest {
    /** Nothing: it has its outcome. */
    record Settled(RowResult result) implements Rest {}

    /** The record is there, but says something else. */
    record Edit(Change change) implements Rest {}
  }

  /** After a lost call: the record that is there now has the key of the create. */
  Rest found(Change create, ObjectNode held, Instant sentAt) {
    List<FieldChange> differences = Differences.between(resource, create.body(), held, origin);
    if (differences.isEmpty()) {
      return new Rest.Settled(create.result(Outcome.CREATED, id(held)));
    }
    if (newer(held, sentAt) && sameOwner(create, held)) {
      return new Rest.Edit(create.edit(id(held), body(differences)));
    }
    return exists(create, held);
  }

  /** Somebody else's record has the key: plans again. */
  Rest exists(Change create, ObjectNode held) {
    String id = id(held);
    if (saved) {
      return new Rest.Settled(
          create
              .untouched(Outcome.SKIPPED, id)
              .because(RowResult.MOVED, null, "the account got a record with this key meanwhile"));
    } else if (mode == Mode.CREATE) {
      return new Rest.Settled(
          create
              .untouched(Outcome.SKIPPED, id)
              .because(RowResult.EXISTS, null, "the account got a record with this key meanwhile"));
    }
    Tagging.Result said = tagging.onto(create.said(), held);
    if (!(said instanceof Tagging.Result.Fits fits)) {
      return new Rest.Settled(kept(create, id, said));
    }
    List<FieldChange> differences = Differences.between(resource, fits.row(), held, origin);
    if (differences.isEmpty()) {
      return new Rest.Settled(create.untouched(Outcome.UNCHANGED, id));
    }
    return new Rest.Edit(create.edit(id, body(differences)).towards(Outcome.UPDATED));
  }

  /** What a lost call made has the owner that was sent. */
  private boolean sameOwner(Change create, ObjectNode held) {
    return Objects.equals(tagging.owner(create.body()), tagging.owner(held));
  }

  private static RowResult kept(Change create, String id, Tagging.Result why) {
    boolean other = why instanceof Tagging.Result.HeldBy;
    return create
        .untouched(other ? Outcome.SKIPPED : Outcome.FAILED, id)
        .because(
            other ? Tagging.HELD_BY : "invalid",
            null,
            why instanceof Tagging.Result.HeldBy held
                ? held.message()
                : ((Tagging.Result.Unfit) why).fault().reason());
  }

  /** Looks once more after a while if the server may still be at work on it. */
  static <T> Mono<T> onceMore(ApiException lost, Mono<T> look) {
    return lost.kind() == CallFailure.Kind.UNANSWERED ? Mono.delay(LATE_EFFECT).then(look) : look;
  }

  private boolean newer(ObjectNode held, Instant sentAt) {
    Instant created = createdAt(held);
    return created != null && !created.isBefore(sentAt.plus(ahead).minus(SKEW));
  }

  private static @Nullable Instant createdAt(ObjectNode record) {
    try {
      return Instant.parse(record.path("created_at").asString(""));
    } catch (DateTimeParseException unknown) {
      return null;
    }
  }

  private static String id(ObjectNode held) {
    return held.path("id").asString("");
  }

  private ObjectNode body(List<FieldChange> differences) {
    return Differences.edit(resource, differences);
  }
}
