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
import io.sluice.report.RowResult;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one row does, once it is known which record it means, whatever other rows say: the mode,
 * what the API lets anybody write, and what is wrong with the row decide.
 */
final class StepRules {
  private final PlanRequest request;
  private final Resource resource;

  StepRules(PlanRequest request) {
    this.request = request;
    this.resource = request.resource();
  }

  /**
   * What it does to the record that it means.
   *
   * @param faults what is wrong with the row, unless the account holds exactly what it says
   */
  Step held(ObjectNode row, AccountRecord held, List<Fault> faults) {
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
    boolean sound = faults.isEmpty();
    if (changes.isEmpty() && (request.mode() != Mode.CREATE || !sound)) {
      return unchanged(held);
    }
    Step unsound = unsound(row, held, faults, changes);
    if (unsound != null) {
      return unsound;
    } else if (request.mode() == Mode.CREATE) {
      return skipped(held, RowResult.EXISTS, "the account has it");
    }
    WriteRestriction restriction = WriteRestriction.around(resource, held.fields());
    if (restriction == null) {
      restriction = WriteRestriction.before(resource, changes);
      restriction = restriction == null ? null : restriction.beside(resource, changes);
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

  /** What it does where the account has no such record; {@code faults} as for {@link #held}. */
  Step absent(ObjectNode row, List<Fault> faults) {
    if (request.mode() == Mode.DELETE) {
      return skipped(null, RowResult.NOT_FOUND, "the account does not have it");
    }
    Step unsound = unsound(row, null, faults, List.of());
    if (unsound != null) {
      return unsound;
    } else if (request.mode() == Mode.UPDATE) {
      return failed(null, RowResult.NOT_FOUND, "the account does not have it");
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
    List<Fault> partial =
        row.hasNonNull("id")
            ? Validation.faults(resource, body, Validation.Purpose.CREATE, request.level())
            : List.of();
    return partial.isEmpty() ? new Step.Create(body) : invalid(null, partial);
  }

  private static String missingText(List<Fault> missing) {
    return missing.stream().map(Fault::field).collect(Collectors.joining(", "))
        + ": required to create the record, and the row does not give "
        + (missing.size() == 1 ? "it" : "them");
  }

  /** How a row with faults ends that the account does not hold; null if they do not matter. */
  private @Nullable Step unsound(
      ObjectNode row, @Nullable AccountRecord held, List<Fault> faults, List<FieldChange> changes) {
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
    if (first == null) {
      return null;
    }
    WriteRestriction reason = first.beside(resource, changes);
    return skipped(held, reason.code(), reason.message());
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

  /** What becomes of a record that is to be deleted. */
  Step deletion(AccountRecord held) {
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
}
