package io.sluice.pipeline.imports.results;

import io.sluice.catalog.Fault;
import io.sluice.catalog.NaturalKey;
import io.sluice.catalog.Resource;
import io.sluice.format.InputFault;
import io.sluice.pipeline.imports.input.ValidatedRow;
import io.sluice.pipeline.imports.input.ValidatedRow.Repetition;
import io.sluice.plan.Key;
import io.sluice.plan.Step;
import io.sluice.report.Action;
import io.sluice.report.Outcome;
import io.sluice.report.RowResult;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The results of rows for which no call is made. */
public final class RowResults {
  private RowResults() {}

  /** How people recognise a row. */
  public static String key(Resource resource, ObjectNode record) {
    return NaturalKey.text(resource, record)
        .or(() -> Key.of(resource, record).map(Key::toString))
        .orElseGet(() -> record.path("id").asString(""));
  }

  /** The result that the input alone gives a row; null if the account has to be asked. */
  public static @Nullable RowResult ofValidation(Resource resource, ValidatedRow row) {
    if (!row.settled()) {
      return null;
    }
    String id = row.record().path("id").asString("");
    RowResult none =
        RowResult.uncalled(
            row.number(),
            row.line(),
            row.invalid() ? Outcome.INVALID : Outcome.SKIPPED,
            Action.NONE,
            id.isEmpty() ? null : id,
            row.remark() == null ? key(resource, row.record()) : "");
    if (row.invalid()) {
      String why = row.faults().stream().map(RowResults::words).collect(Collectors.joining("; "));
      String column = row.faults().get(0).column();
      return none.because("invalid", column.isEmpty() ? null : column, why);
    }
    if (row.remark() != null) {
      return none.because("comment", null, row.remark());
    }
    Repetition repetition = row.repetition();
    if (repetition instanceof Repetition.Repeats other) {
      String same = other.more() ? " says the same and more" : " says the same";
      return none.because("repeats", null, "line " + other.line() + same);
    } else if (repetition instanceof Repetition.Superseded other) {
      return none.because(
          "superseded", null, "line " + other.line() + " has the same key and counts");
    }
    return none;
  }

  /** The result of a row that has nothing to do. */
  public static RowResult of(long row, long line, String key, Step.Nothing nothing) {
    Outcome outcome =
        switch (nothing.why()) {
          case UNCHANGED -> Outcome.UNCHANGED;
          case SKIPPED -> Outcome.SKIPPED;
          case FAILED -> Outcome.FAILED;
          case INVALID -> Outcome.INVALID;
        };
    RowResult result = RowResult.uncalled(row, line, outcome, Action.NONE, nothing.id(), key);
    if (!nothing.faults().isEmpty()) {
      String why =
          nothing.faults().stream().map(RowResults::words).collect(Collectors.joining("; "));
      return result.because("invalid", nothing.faults().get(0).field(), why);
    }
    String message = nothing.message();
    return message == null ? result : result.because(nothing.code(), null, message);
  }

  /** The result of a record that no row names, and that is left alone nevertheless. */
  public static RowResult ofUnnamed(String id, String key, Step.Nothing nothing) {
    return of(
        0,
        0,
        key,
        new Step.Nothing(nothing.why(), id, nothing.code(), nothing.message(), nothing.faults()));
  }

  /** Without the value, which the file of failed rows tells: so that like causes count as one. */
  private static String words(InputFault fault) {
    return words(fault.place(), fault.reason());
  }

  private static String words(Fault fault) {
    return words(fault.field(), fault.reason());
  }

  private static String words(String where, String reason) {
    return where.isEmpty() ? reason : where + ": " + reason;
  }
}
