package io.sluice.plan;

import static io.sluice.plan.Step.Nothing.failed;
import static io.sluice.plan.Step.Nothing.invalid;
import static io.sluice.plan.Step.Nothing.skipped;
import static io.sluice.plan.Step.Nothing.unchanged;

import io.sluice.catalog.Ability;
import io.sluice.catalog.Fault;
import io.sluice.catalog.Field;
import io.sluice.catalog.NaturalKey;
import io.sluice.catalog.Resource;
import io.sluice.catalog.Validation;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Decides what rows would do to an account, given in the order of the input. The same rows over the
 * same account are always planned the same. Blocking; not safe for use by several threads.
 */
public final class Planner implements Closeable {
  private final PlanRequest request;
  private final Resource resource;
  private final AccountIndex index;
  private final SeenKeys seen;
  private final Tagging tagging;
  private final OwnerCounts heldBy = new OwnerCounts();
  private final OwnerCounts deletes = new OwnerCounts();
  private final BitSet doubtful = new BitSet();

  /**
   * A planner that has seen no row.
   *
   * @param index the account's records; stays open when the planner is closed
   * @param scratch an existing directory for what does not fit into memory
   */
  public Planner(PlanRequest request, AccountIndex index, Path scratch) {
    this.request = request;
    this.resource = request.resource();
    this.index = index;
    this.tagging = request.tagging();
    this.seen = new SeenKeys(request, scratch);
  }

  /**
   * What the next row does. The row is not changed.
   *
   * @param row what the input says, with what follows from it filled in
   * @param unlessHeld what is wrong with the row, unless the account holds exactly what it says;
   *     none of a row that is sound
   * @throws IOException if the account's records cannot be read
   * @throws java.io.UncheckedIOException if the scratch directory cannot be written
   */
  public Step plan(ObjectNode row, List<Fault> unlessHeld) throws IOException {
    Match match = index.match(row, request.origin());
    SeenKeys.Standing standing = claimed(match, row);
    AccountRecord held = match instanceof Match.Found found ? found.record() : null;
    if (match instanceof Match.Unclear unclear) {
      return failed(null, unclear.code(), unclear.message());
    } else if (standing == SeenKeys.Standing.REPEATS
        || (standing == SeenKeys.Standing.CONTRADICTS && request.mode() == Mode.DELETE)) {
      return skipped(held, "repeats", "an earlier row says the same of this record");
    } else if (standing == SeenKeys.Standing.CONTRADICTS) {
      return failed(held, "same_record", "an earlier row names this record and says otherwise");
    }
    return held == null ? absent(tagging.fresh(row), unlessHeld) : owned(row, held, unlessHeld);
  }

  /** How many rows have been left alone for the owners of their records, by owner. */
  public Map<String, Long> heldBy() {
    return heldBy.byOwner();
  }

  /** How many records are to be deleted so far, by owner. */
  public Map<String, Long> deletes() {
    return deletes.byOwner();
  }

  /** How many records of the account the run owns; all of them for a run without an owner. */
  public long own() throws IOException {
    if (request.ownership().owner() == null) {
      return index.size();
    }
    long own = 0;
    for (int i = 0; i < index.size(); i++) {
      own += request.ownership().spares(tagging.owner(index.record(i).fields())) ? 0 : 1;
    }
    return own;
  }

  /** True if the record is another owner's, so that it is never deleted for lack of a row. */
  public boolean spares(AccountRecord held) {
    return request.ownership().spares(tagging.owner(held.fields()));
  }

  /**
   * Notes what a row names without planning it: one whose outcome an earlier run has settled.
   *
   * @throws IOException if the account's records cannot be read
   */
  public void claim(ObjectNode row) throws IOException {
    claimed(index.match(row, request.origin()), row);
  }

  /**
   * The records that no row has named, nor might have named, in the account's order: what a mirror
   * deletes. To be asked when all rows are planned.
   */
  public IntStream unnamed() {
    return IntStream.range(0, index.size())
        .filter(ordinal -> !seen.has(ordinal) && !doubtful.get(ordinal));
  }

  /**
   * What becomes of such a record: it is deleted, or skipped with the reason. What nobody could
   * make again is left alone.
   *
   * @throws IOException if it cannot be read
   */
  public Step unnamed(int ordinal) throws IOException {
    AccountRecord held = index.record(ordinal);
    Step step = deletion(held);
    WriteRestriction restriction = WriteRestriction.before(resource, held.fields());
    if (restriction != null
        && restriction.code().equals(WriteRestriction.NOT_WRITABLE)
        && step instanceof Step.Delete) {
      String why = restriction.message() + ", so it could not be made again";
      return skipped(held, WriteRestriction.NOT_WRITABLE, why);
    }
    return counted(step);
  }

  private SeenKeys.Standing claimed(Match match, ObjectNode row) {
    if (match instanceof Match.Found found) {
      return seen.found(found.record(), row);
    } else if (match instanceof Match.Unclear unclear) {
      unclear.records().forEach(held -> doubtful.set(held.ordinal()));
    } else if (request.mode().creates() && resource.can(Ability.CREATE)) {
      return seen.absent(row);
    }
    return SeenKeys.Standing.FIRST;
  }

  private Step owned(ObjectNode row, AccountRecord held, List<Fault> unlessHeld) {
    Tagging.Result tagged =
        request.mode() == Mode.DELETE ? deleted(row, held) : tagging.onto(row, held.fields());
    if (tagged instanceof Tagging.Result.HeldBy other) {
      heldBy.add(tagging.owner(held.fields()));
      return skipped(held, Tagging.HELD_BY, other.message());
    } else if (tagged instanceof Tagging.Result.Unfit unfit) {
      return invalid(held, List.of(unfit.fault()));
    }
    ObjectNode said = tagged instanceof Tagging.Result.Fits fits ? fits.row() : row;
    return counted(found(said, held, unlessHeld));
  }

  private Step counted(Step step) {
    if (step instanceof Step.Delete delete) {
      deletes.add(tagging.owner(delete.held().fields()));
    }
    return step;
  }

  /** Of a row that deletes the comment does not matter. */
  private Tagging.Result deleted(ObjectNode row, AccountRecord held) {
    String other = tagging.heldBy(held.fields());
    return other == null ? new Tagging.Result.Fits(row) : new Tagging.Result.HeldBy(other);
  }

  private Step found(ObjectNode row, AccountRecord held, List<Fault> unlessHeld) {
    if (request.mode() == Mode.DELETE) {
      Step other = otherThanNamed(row, held);
      Step kept = other == null ? renewed(held) : other;
      return kept == null ? deletion(held) : kept;
    }
    Step regex = turned(row, held);
    if (regex != null) {
      return regex;
    }
    List<FieldChange> changes = Differences.between(resource, row, held.fields(), request.origin());
    boolean sound = unlessHeld.isEmpty();
    if (changes.isEmpty() && (request.mode() != Mode.CREATE || !sound)) {
      return unchanged(held);
    }
    Step unsound = unsound(row, held, unlessHeld);
    if (unsound != null) {
      return unsound;
    } else if (request.mode() == Mode.CREATE) {
      return skipped(held, "exists", "the account has it");
    }
    WriteRestriction restriction = WriteRestriction.around(resource, held.fields());
    if (restriction == null) {
      restriction = WriteRestriction.before(resource, changes);
    }
    if (restriction != null) {
      return skipped(held, restriction.code(), restriction.message());
    }
    return held.identified()
        ? new Step.Edit(held, changes, Differences.edit(resource, changes))
        : unaddressed();
  }

  /** A record whose end has been put off since it was listed stays; null if it has not. */
  private @Nullable Step renewed(AccountRecord held) {
    LocalDate before = request.expiredBefore();
    LocalDate last = before == null ? null : Lifetime.lastDay(resource, held.fields());
    if (before == null || (last != null && last.isBefore(before))) {
      return null;
    }
    return skipped(
        held, "renewed", last == null ? "it no longer has an end" : "its last day is now " + last);
  }

  /** A record that is not what a row says is never deleted for it; null if it is. */
  private @Nullable Step otherThanNamed(ObjectNode row, AccountRecord held) {
    Key wanted = Key.of(resource, row, held.fields()).orElse(null);
    Key there = Key.of(resource, held.fields()).orElse(null);
    boolean restated = Key.restated(resource, row, held.fields());
    if (!restated && wanted != null && there != null && !wanted.means(there)) {
      return failed(
          held,
          "id_and_key_differ",
          "record "
              + held.id()
              + " is "
              + there
              + ", not what the row says: correct its id or key");
    }
    return row.hasNonNull("id") ? null : regexDiffers(row, held);
  }

  /**
   * A row that says nothing of it never counts for a regular expression that reads like its
   * pattern, and a create never for a record of the other kind; null if the row may be planned.
   */
  private @Nullable Step turned(ObjectNode row, AccountRecord held) {
    boolean said =
        request.mode() != Mode.CREATE
            && NaturalKey.regexField(resource).filter(row::has).isPresent();
    return row.hasNonNull("id") || said ? null : regexDiffers(row, held);
  }

  private @Nullable Step regexDiffers(ObjectNode row, AccountRecord held) {
    boolean regex = NaturalKey.isRegex(resource, held.fields());
    if (regex == NaturalKey.isRegex(resource, row)) {
      return null;
    }
    String flag = NaturalKey.regexField(resource).orElse("is_regex");
    return failed(
        held,
        "regex_differs",
        "record "
            + held.id()
            + (regex
                ? " is a regular expression, and the row is none: set " + flag + " if it is meant"
                : " is no regular expression, and the row is one"));
  }

  private Step absent(ObjectNode row, List<Fault> unlessHeld) {
    if (request.mode() == Mode.DELETE) {
      return skipped(null, "not_found", "the account does not have it");
    }
    Step unsound = unsound(row, null, unlessHeld);
    if (unsound != null) {
      return unsound;
    } else if (request.mode() == Mode.UPDATE) {
      return failed(null, "not_found", "the account does not have it");
    } else if (!resource.can(Ability.CREATE)) {
      return skipped(null, "not_onboarded", "onboard it first: it can be changed, never created");
    }
    ObjectNode body = Bodies.create(resource, row, request.origin());
    WriteRestriction restriction = WriteRestriction.before(resource, body);
    if (restriction != null) {
      return skipped(null, restriction.code(), restriction.message());
    }
    // What an account held is not checked before it is planned, but cannot be made without these.
    List<Fault> missing =
        request.level() == Validation.Level.OFF ? Validation.missing(resource, body) : List.of();
    if (!missing.isEmpty()) {
      return failed(null, "required", missingText(missing));
    }
    // A row with an id was checked as a change, which may be partial.
    List<Fault> faults =
        row.hasNonNull("id")
            ? Validation.faults(resource, body, Validation.Purpose.CREATE, request.level())
            : List.of();
    return faults.isEmpty() ? new Step.Create(body) : invalid(null, faults);
  }

  private static String missingText(List<Fault> missing) {
    return missing.stream().map(Fault::field).collect(Collectors.joining(", "))
        + ": required to create the record, and the row does not give "
        + (missing.size() == 1 ? "it" : "them");
  }

  /** How a row with faults ends that the account does not hold; null if they do not matter. */
  private @Nullable Step unsound(ObjectNode row, @Nullable AccountRecord held, List<Fault> faults) {
    List<Fault> mattering =
        faults.stream().filter(fault -> !nullAlready(fault, row, held)).toList();
    WriteRestriction first = null;
    for (Fault fault : mattering) {
      WriteRestriction restriction = WriteRestriction.of(resource, fault, row);
      if (restriction == null) {
        return invalid(held, faults);
      }
      first = first == null ? restriction : first;
    }
    return first == null ? null : skipped(held, first.code(), first.message());
  }

  /** True if the fault is a null that need not be sent, as there is no value to overwrite. */
  private boolean nullAlready(Fault fault, ObjectNode row, @Nullable AccountRecord held) {
    Field field = resource.field(fault.field()).orElse(null);
    if (field == null || WriteRestriction.of(resource, fault, row) == null) {
      return false;
    }
    JsonNode wanted = field.in(row);
    return wanted != null
        && wanted.isNull()
        && (held == null || Values.same(field, wanted, Values.in(resource, field, held.fields())));
  }

  private Step deletion(AccountRecord held) {
    WriteRestriction restriction = WriteRestriction.around(resource, held.fields());
    if (restriction != null) {
      return skipped(held, restriction.code(), restriction.message());
    } else if (!resource.can(Ability.CREATE) && !request.allowUnprotect()) {
      return skipped(
          held,
          "would_unprotect",
          "deleting a domain unprotects it and cannot be undone; "
              + request.names().of("allow-unprotect"));
    }
    return held.identified() ? Step.Delete.of(resource, held) : unaddressed();
  }

  private static Step unaddressed() {
    return failed(null, "no_id", "the account lists it without an id, so it cannot be addressed");
  }

  @Override
  public void close() {
    seen.close();
  }
}
