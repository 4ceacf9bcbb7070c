package io.sluice.pipeline;

import io.sluice.disk.IdSet;
import io.sluice.format.InputFault;
import io.sluice.format.InputReader;
import io.sluice.format.InputRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Checks a whole input before anything is sent. It is read once; and once more if identities of
 * rows repeat, to learn whether such rows say the same. What grows with the input is a set of
 * 64-bit identities, which moves to the disk when it is large.
 */
public final class InputCheck {
  private final InputSource source;
  private final CheckRequest request;
  private final Path scratch;
  private final StopSignal stop;
  private final Scheduler disk = Schedulers.boundedElastic();
  private Map<String, String> columns = Map.of();

  /** Is told what is found, in the order of the file. */
  public interface Listener {
    /** Something is wrong with a row. */
    void fault(long row, InputFault fault);

    /** So many rows have been read. */
    void rows(long rows);
  }

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
   * Checks every row. Errors with {@link io.sluice.format.InputException} if the file cannot be
   * read on.
   */
  public Mono<CheckSummary> run(Listener listener) {
    return Mono.fromCallable(() -> check(listener)).subscribeOn(disk);
  }

  private CheckSummary check(Listener listener) throws IOException {
    try (IdSet once = new IdSet(scratch);
        IdSet repeated = new IdSet(scratch)) {
      CheckSummary summary = judgeEach(once, repeated, listener);
      return repeated.size() == 0 ? summary : judgeTogether(repeated, summary, listener);
    }
  }

  /** Judges rows by themselves, and finds the identities that more than one sound row has. */
  private CheckSummary judgeEach(IdSet once, IdSet repeated, Listener listener) throws IOException {
    RowDigest digest = new RowDigest(request.resource());
    long[] counts = new long[3];
    List<String> warnings =
        eachRow(
            (row, judged) -> {
              if (judged.invalid()) {
                counts[1]++;
                judged.faults().forEach(fault -> listener.fault(row.row(), fault));
              } else {
                counts[2] += judged.faults().isEmpty() ? 0 : 1;
                digest
                    .identity(judged.record())
                    .filter(identity -> !once.add(identity.first()))
                    .ifPresent(identity -> repeated.add(identity.first()));
              }
              listener.rows(++counts[0]);
            });
    return new CheckSummary(counts[0], counts[1], 0, counts[2], warnings);
  }

  /** Compares the rows that share their identity. */
  private CheckSummary judgeTogether(IdSet repeated, CheckSummary sofar, Listener listener)
      throws IOException {
    RepeatedRows groups = new RepeatedRows();
    RowDigest digest = new RowDigest(request.resource());
    eachRepeated(
        repeated,
        digest,
        (row, judged, identity) ->
            groups.note(identity, digest.content(judged.record()).first(), row.row()));
    long[] counts = new long[2];
    eachRepeated(
        repeated,
        digest,
        (row, judged, identity) -> {
          RepeatedRows.Finding finding = groups.of(identity, row.row());
          if (finding instanceof RepeatedRows.Contradicted contradicted) {
            counts[0]++;
            listener.fault(row.row(), contradiction(row, contradicted));
          } else if (finding instanceof RepeatedRows.Repeats) {
            counts[1]++;
          }
        });
    return new CheckSummary(
        sofar.rows(), sofar.invalid() + counts[0], counts[1], sofar.unjudged(), sofar.warnings());
  }

  /** What is done with a row. */
  @FunctionalInterface
  private interface Step {
    void row(InputRow row, RowJudge.Judged judged) throws IOException;
  }

  /** What is done with a row whose identity others have too. */
  @FunctionalInterface
  private interface RepeatedStep {
    void row(InputRow row, RowJudge.Judged judged, long identity);
  }

  /** Reads the input once; returns the reader's warnings. */
  private List<String> eachRow(Step step) throws IOException {
    try (InputReader reader =
        InputReader.open(request.resource(), request.input(), source.open())) {
      columns = reader.columns();
      RowJudge judge = new RowJudge(request, columns);
      for (InputRow row = reader.next(); row != null; row = reader.next()) {
        stop.check();
        step.row(row, judge.judge(row));
      }
      return reader.warnings();
    }
  }

  private void eachRepeated(IdSet repeated, RowDigest digest, RepeatedStep step)
      throws IOException {
    eachRow(
        (row, judged) -> {
          if (!judged.invalid()) {
            digest
                .identity(judged.record())
                .filter(identity -> repeated.contains(identity.first()))
                .ifPresent(identity -> step.row(row, judged, identity.second()));
          }
        });
  }

  private InputFault contradiction(InputRow row, RepeatedRows.Contradicted other) {
    String reason =
        other.firstRow() == row.row()
            ? "a later row has the same key, but says otherwise"
            : "row " + other.firstRow() + " has the same key, but says otherwise";
    String key = request.resource().key().get(request.resource().key().size() - 1);
    String value = row.record().path(key).asString("");
    return new InputFault(row.line(), columns.getOrDefault(key, key), value, reason);
  }
}
