package io.sluice.pipeline.imports.input;

import io.sluice.disk.IdSet;
import io.sluice.format.InputFault;
import io.sluice.format.InputReader;
import io.sluice.format.InputRow;
import io.sluice.format.OptionNames;
import io.sluice.pipeline.imports.input.ValidatedRow.Repetition;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An input whose rows have all been validated. It can be gone through any number of times, and
 * brings the same rows with the same judgements each time. What it keeps in memory are the
 * identities that more than one row has.
 */
public final class CheckedInput implements RunInput {
  private final InputSource source;
  private final CheckRequest request;
  private final CheckSummary summary;
  private final IdSet repeated;
  private final RepeatedRows groups;
  private final FurtherRecords further;
  private final boolean distinct;

  CheckedInput(
      InputSource source,
      CheckRequest request,
      CheckSummary summary,
      IdSet repeated,
      RepeatedRows groups,
      FurtherRecords further,
      boolean distinct) {
    this.source = source;
    this.request = request;
    this.summary = summary;
    this.repeated = repeated;
    this.groups = groups;
    this.further = further;
    this.distinct = distinct;
  }

  /** What the rows are and where they come from. */
  public CheckRequest request() {
    return request;
  }

  @Override
  public CheckSummary summary() {
    return summary;
  }

  /**
   * True if every valid row has a key of its own, no id, and nothing that makes keys which differ
   * mean the same record.
   */
  public boolean distinct() {
    return distinct;
  }

  @Override
  public long row(long number) {
    return number <= summary.rows() ? number : further.row(number - summary.rows());
  }

  /** Goes through the rows from the first one. Blocking. */
  public Rows open() throws IOException {
    return new Rows(InputRecords.open(request, source.open()), request, summary, repeated, groups);
  }

  /** Reads the rows as they stand in the file, from the first one. Blocking. */
  public InputReader read() throws IOException {
    return InputReader.asWritten(request.resource(), request.input(), source.open());
  }

  @Override
  public void close() {
    repeated.close();
  }

  /** One passage over the rows. Blocking; for one thread at a time. */
  public static final class Rows implements Closeable {
    private final InputRecords records;
    private final RowValidator validator;
    private final RowDigest digest;
    private final IdSet repeated;
    private final RepeatedRows groups;
    private final String keyField;
    private final Map<String, String> columns;
    private final OptionNames names;
    private final boolean flawless;
    private final Deque<ValidatedRow> ready = new ArrayDeque<>();
    private long last;

    private Rows(
        InputRecords records,
        CheckRequest request,
        CheckSummary summary,
        IdSet repeated,
        RepeatedRows groups) {
      this.flawless = summary.flawless();
      this.last = summary.rows();
      this.records = records;
      this.columns = records.columns();
      this.validator = new RowValidator(request, columns);
      this.digest = new RowDigest(request.resource());
      this.repeated = repeated;
      this.groups = groups;
      this.names = request.input().names();
      this.keyField = request.resource().keyText();
    }

    /** The names of a CSV file's columns, in their order; empty for the other formats. */
    public List<String> header() {
      return records.header();
    }

    /** The next record, or null at the end; those of one row follow each other. */
    public @Nullable ValidatedRow next() throws IOException {
      if (ready.isEmpty()) {
        RowRecords row = records.next();
        if (row == null) {
          return null;
        }
        take(row);
      }
      return ready.poll();
    }

    /** A row is valid as a whole or not at all. */
    private void take(RowRecords row) {
      List<ValidatedRow> validated = new ArrayList<>(row.records().size());
      for (InputRow record : row.records()) {
        validated.add(validated(validated.isEmpty() ? record.row() : ++last, record, row));
      }
      ValidatedRow wrong =
          validated.stream().filter(ValidatedRow::invalid).findFirst().orElse(null);
      if (wrong == null || validated.size() == 1) {
        ready.addAll(validated);
      } else {
        validated.forEach(record -> ready.add(record.with(wrong)));
      }
    }

    private ValidatedRow validated(long number, InputRow row, RowRecords whole) {
      if (whole.remark() != null) {
        return ValidatedRow.remark(number, row, whole.remark());
      }
      RowValidator.Validated validated = flawless ? validator.sound(row) : validator.validate(row);
      List<InputFault> faults = validated.faults();
      Repetition repetition = Repetition.NONE;
      if (faults.isEmpty() && repeated.size() > 0) {
        repetition = repetition(row, validated, whole);
        if (repetition instanceof Repetition.Contradicted contradicted) {
          faults = List.of(contradiction(row, contradicted));
        }
      }
      return new ValidatedRow(
          number,
          row.row(),
          row.line(),
          validated.record(),
          faults,
          repetition,
          validated.unlessHeld(),
          whole.rewritten(),
          null,
          row.source());
    }

    private Repetition repetition(
        InputRow row, RowValidator.Validated validated, RowRecords whole) {
      return digest
          .identity(validated.whole())
          .filter(identity -> repeated.contains(identity.first()))
          .map(identity -> groups.of(identity.second(), content(row, whole), row.row()))
          .orElse(Repetition.NONE);
    }

    /** As it was noted when all rows were validated, flawless or not. */
    private RowContent content(InputRow row, RowRecords whole) {
      return digest.content(validator.validate(row).whole(), whole.uncommented());
    }

    private InputFault contradiction(InputRow row, Repetition.Contradicted other) {
      String fields =
          digest.fields(other.fields()).stream()
              .map(field -> InputFault.place(columns.getOrDefault(field, field)))
              .distinct()
              .collect(Collectors.joining(", "));
      String what =
          other.agree()
              ? "rows with the same key each give what another lacks (" + fields + ")"
              : "rows with the same key contradict each other in " + fields;
      String reason =
          what
              + (other.row() == row.row()
                  ? "; this is the first"
                  : "; the first is line " + other.line())
              + (other.agree() ? ": put all of it into one row" : ": correct them")
              + ", or let one of them count with "
              + names.with("duplicates", "first")
              + " or "
              + names.with("duplicates", "last");
      String value = row.record().path(keyField).asString("");
      return new InputFault(row.line(), columns.getOrDefault(keyField, keyField), value, reason);
    }

    @Override
    public void close() throws IOException {
      records.close();
    }
  }
}
