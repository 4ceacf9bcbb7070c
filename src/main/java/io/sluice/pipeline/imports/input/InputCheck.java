package io.sluice.pipeline.imports.input;

import io.sluice.catalog.NaturalKey;
import io.sluice.catalog.Validation;
import io.sluice.disk.IdSet;
import io.sluice.format.InputRow;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.imports.input.ValidatedRow.Repetition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks a whole input before anything is sent. It is read once; and twice more if identities of
 * rows repeat, to learn whether such rows say the same. What grows with the input is a set of
 * 64-bit identities, which moves to the disk when it is large.
 */
public final class InputCheck {
  private final InputSource source;
  private final CheckRequest request;
  private final Path scratch;
  private final StopSignal stop;

  /**
   * A check that has done nothing yet.
   *
   * @param scratch a directory for what does not fit into memory
   * @param stop ends the check early
   */
  public InputCheck(InputSource source, CheckRequest request, Path scratch, StopSignal stop) {
    this.source = source;
    this.request = request;
    this.scratch = scratch;
    this.stop = stop;
  }

  /**
   * Checks every row. Blocking. Whoever gets the checked input closes it.
   *
   * @param events receives what is found, in the order of the file
   * @throws io.sluice.format.InputException if the file cannot be read on
   */
  public CheckedInput run(Consumer<RunEvent> events) throws IOException {
    checking(0, events);
    IdSet repeated = new IdSet(scratch);
    boolean done = false;
    try (IdSet once = new IdSet(scratch)) {
      Alone alone = new Alone(once, repeated, events);
      CheckSummary first = alone.validate();
      RepeatedRows groups = new RepeatedRows(request.duplicates());
      CheckSummary all =
          repeated.size() == 0
              ? first
              : judgeTogether(repeated, groups, alone.further, first, events);
      done = true;
      boolean distinct = alone.plain && alone.identified == 0 && repeated.size() == 0;
      return new CheckedInput(source, request, all, repeated, groups, alone.further, distinct);
    } finally {
      if (!done) {
        repeated.close();
      }
    }
  }

  private void checking(long rows, Consumer<RunEvent> events) {
    events.accept(new RunEvent.Progress(RunEvent.Phase.CHECKING, request.resource(), rows, null));
  }

  /** Validates rows by themselves, and finds the identities that more than one sound row has. */
  private final class Alone {
    private final IdSet once;
    private final IdSet repeated;
    private final Consumer<RunEvent> events;
    private final RowDigest digest = new RowDigest(request.resource());
    private final RowWarnings oddities = new RowWarnings(request.resource());
    private final MojibakeWarnings mojibake = new MojibakeWarnings();
    private final FurtherRecords further = new FurtherRecords();
    private long rows;
    private long invalid;
    private long undecided;
    private long identified;
    private long rewritten;
    private long remarks;

    /**
     * Whether all valid ones have a key, and none is a regular expression, which may read like a
     * pattern of another key.
     */
    private boolean plain = true;

    Alone(IdSet once, IdSet repeated, Consumer<RunEvent> events) {
      this.once = once;
      this.repeated = repeated;
      this.events = events;
    }

    CheckSummary validate() throws IOException {
      try (InputRecords records = InputRecords.open(request, source.open())) {
        RowValidator validator = new RowValidator(request, records.columns());
        for (RowRecords row = records.next(); row != null; row = records.next()) {
          stop.check();
          if (row.remark() == null) {
            take(row, validator);
          } else {
            remarks++;
          }
          checking(++rows, events);
        }
        List<String> warnings = new ArrayList<>(records.warnings());
        if (rows == 0) {
          warnings.add("the input has no data row");
        }
        warnings.addAll(oddities.warnings());
        warnings.addAll(mojibake.warnings(request.input().names()));
        return new CheckSummary(
            rows,
            invalid,
            0,
            undecided,
            identified,
            List.copyOf(warnings),
            new CheckSummary.Rewritings(rewritten, remarks, further.size()),
            0);
      }
    }

    private void take(RowRecords row, RowValidator validator) {
      long number = row.row().row();
      if (request.level() != Validation.Level.OFF || !row.row().record().hasNonNull("id")) {
        // The records of a snapshot are what an account held, however they came there.
        mojibake.look(row.row().line(), row.row().record());
      }
      for (int i = 1; i < row.records().size(); i++) {
        further.add(number);
      }
      List<RowValidator.Validated> validated =
          row.records().stream().map(validator::validate).toList();
      for (RowValidator.Validated record : validated) {
        if (record.invalid()) {
          invalid++;
          record
              .faults()
              .forEach(
                  fault ->
                      events.accept(new RunEvent.FaultFound(request.resource(), number, fault)));
          return;
        }
      }
      validated.forEach(record -> take(row, record, validator));
      if (row.rewritten() != null) {
        rewritten++;
        oddities.look(row.rewritten());
        events.accept(new RunEvent.PatternRewritten(request.resource(), row.rewritten()));
      }
    }

    private void take(RowRecords row, RowValidator.Validated validated, RowValidator validator) {
      oddities.look(row.row().line(), validated.whole());
      boolean open = !validated.unlessHeld().isEmpty() || validator.dependsOnTheAccount(validated);
      undecided += open ? 1 : 0;
      if (validated.record().hasNonNull("id")) {
        identified++;
        oddities.lookAtNames(row.row().line(), validated.record());
      }
      Optional<RowDigest.Halves> identity = digest.identity(validated.whole());
      plain &= identity.isPresent() && !NaturalKey.isRegex(request.resource(), validated.whole());
      identity
          .filter(same -> !once.add(same.first()))
          .ifPresent(same -> repeated.add(same.first()));
    }
  }

  /** Compares the rows that share their identity. */
  private CheckSummary judgeTogether(
      IdSet repeated,
      RepeatedRows groups,
      FurtherRecords further,
      CheckSummary sofar,
      Consumer<RunEvent> events)
      throws IOException {
    note(repeated, groups);
    long contradicted = 0;
    long repeats = 0;
    LineList lesser = new LineList();
    LineList superseded = new LineList();
    long last = 0;
    CheckedInput pass = new CheckedInput(source, request, sofar, repeated, groups, further, false);
    try (CheckedInput.Rows rows = pass.open()) {
      for (ValidatedRow row = rows.next(); row != null; row = rows.next()) {
        stop.check();
        Repetition repetition = row.repetition();
        if (repetition instanceof Repetition.Contradicted && row.row() != last) {
          contradicted++;
          events.accept(
              new RunEvent.FaultFound(request.resource(), row.row(), row.faults().get(0)));
        }
        if (repetition instanceof Repetition.Repeats other) {
          repeats++;
          if (other.more()) {
            lesser.add(row.line());
          }
        } else if (repetition instanceof Repetition.Superseded) {
          superseded.add(row.line());
        }
        last = row.row();
      }
    }
    List<String> warnings = new ArrayList<>(sofar.warnings());
    if (lesser.count() > 0) {
      warnings.add(
          lesser.count()
              + (lesser.count() == 1 ? " row is" : " rows are")
              + " skipped, since another row of the same key says the same and gives more fields: "
              + lesser);
    }
    if (superseded.count() > 0) {
      warnings.add(
          superseded.count()
              + (superseded.count() == 1 ? " row is" : " rows are")
              + " skipped, since another row of the same key says otherwise: the "
              + request.duplicates().label()
              + " of each counts ("
              + superseded
              + ")");
    }
    return new CheckSummary(
        sofar.rows(),
        sofar.invalid() + contradicted,
        repeats,
        sofar.undecided(),
        sofar.identified(),
        List.copyOf(warnings),
        sofar.rewritings(),
        superseded.count());
  }

  private void note(IdSet repeated, RepeatedRows groups) throws IOException {
    RowDigest digest = new RowDigest(request.resource());
    try (InputRecords records = InputRecords.open(request, source.open())) {
      RowValidator validator = new RowValidator(request, records.columns());
      for (RowRecords row = records.next(); row != null; row = records.next()) {
        stop.check();
        if (row.remark() != null) {
          continue;
        }
        boolean several = row.several();
        ObjectNode uncommented = row.uncommented();
        InputRow first = row.row();
        List<RowValidator.Validated> validated =
            row.records().stream().map(validator::validate).toList();
        if (validated.stream().noneMatch(RowValidator.Validated::invalid)) {
          for (RowValidator.Validated record : validated) {
            digest
                .identity(record.whole())
                .filter(identity -> repeated.contains(identity.first()))
                .ifPresent(
                    identity ->
                        groups.note(
                            identity.second(),
                            digest.content(record.whole(), uncommented),
                            first.row(),
                            first.line(),
                            several));
          }
        }
      }
    }
  }
}
