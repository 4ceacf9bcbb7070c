package io.sluice.pipeline.input;

import io.sluice.disk.IdSet;
import io.sluice.format.InputFault;
import io.sluice.format.InputReader;
import io.sluice.format.InputRow;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An input whose rows have all been judged. It can be gone through any number of times, and brings
 * the same rows with the same judgements each time. What it keeps in memory are the identities that
 * more than one row has.
 */
public final class CheckedInput implements Closeable {
  private final InputSource source;
  private final CheckRequest request;
  private final CheckSummary summary;
  private final IdSet repeated;
  private final RepeatedRows groups;
  private final boolean distinct;

  CheckedInput(
      InputSource source,
      CheckRequest request,
      CheckSummary summary,
      IdSet repeated,
      RepeatedRows groups,
      boolean distinct) {
    this.source = source;
    this.request = request;
    this.summary = summary;
    this.repeated = repeated;
    this.groups = groups;
    this.distinct = distinct;
  }

  /** What the rows are and where they come from. */
  public CheckRequest request() {
    return request;
  }

  /** What judging them found, in numbers. */
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

  /** Goes through the rows from the first one. Blocking. */
  public Rows open() throws IOException {
    return new Rows(
        InputReader.open(request.resource(), request.input(), source.open()),
        request,
        repeated,
        groups,
        summary.flawless());
  }

  @Override
  public void close() {
    repeated.close();
  }

  /** One passage over the rows. Blocking; for one thread at a time. */
  public static final class Rows implements Closeable {
    private final InputReader reader;
    private final RowJudge judge;
    private final RowDigest digest;
    private final IdSet repeated;
    private final RepeatedRows groups;
    private final String keyField;
    private final Map<String, String> columns;
    private final boolean flawless;

    private Rows(
        InputReader reader,
        CheckRequest request,
        IdSet repeated,
        RepeatedRows groups,
        boolean flawless) {
      this.flawless = flawless;
      this.reader = reader;
      this.columns = reader.columns();
      this.judge = new RowJudge(request, columns);
      this.digest = new RowDigest(request.resource());
      this.repeated = repeated;
      this.groups = groups;
      List<String> key = request.resource().key();
      this.keyField = key.get(key.size() - 1);
    }

    /** The names of a CSV file's columns, in their order; empty for the other formats. */
    public List<String> header() {
      return reader.header();
    }

    /** The next row, or null at the end. */
    public @Nullable JudgedRow next() throws IOException {
      InputRow row = reader.next();
      if (row == null) {
        return null;
      }
      RowJudge.Judged judged = flawless ? judge.sound(row) : judge.judge(row);
      boolean contradictory = false;
      long repeats = 0;
      List<InputFault> faults = judged.faults();
      if (faults.isEmpty() && repeated.size() > 0) {
        RepeatedRows.Finding finding = finding(row, judged);
        if (finding instanceof RepeatedRows.Contradicted contradicted) {
          faults = List.of(contradiction(row, contradicted));
          contradictory = true;
        } else if (finding instanceof RepeatedRows.Repeats earlier) {
          repeats = earlier.firstRow();
        }
      }
      return new JudgedRow(
          row.row(),
          row.line(),
          judged.record(),
          faults,
          contradictory,
          repeats,
          judged.unlessHeld(),
          row.source());
    }

    private RepeatedRows.Finding finding(InputRow row, RowJudge.Judged judged) {
      return digest
          .identity(judged.whole())
          .filter(identity -> repeated.contains(identity.first()))
          .map(identity -> groups.of(identity.second(), row.row()))
          .orElse(RepeatedRows.ALONE);
    }

    private InputFault contradiction(InputRow row, RepeatedRows.Contradicted other) {
      String reason =
          other.firstRow() == row.row()
              ? "a later row has the same key, but says otherwise"
              : "row " + other.firstRow() + " has the same key, but says otherwise";
      String value = row.record().path(keyField).asString("");
      return new InputFault(row.line(), columns.getOrDefault(keyField, keyField), value, reason);
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
