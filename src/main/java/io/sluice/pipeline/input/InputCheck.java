package io.sluice.pipeline.input;

import io.sluice.catalog.NaturalKey;
import io.sluice.disk.IdSet;
import io.sluice.format.InputFault;
import io.sluice.format.InputReader;
import io.sluice.format.InputRow;
import io.sluice.pipeline.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

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
  private final Scheduler disk = Schedulers.boundedElastic();

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
   * read on. Whoever gets the checked input closes it.
   */
  public Mono<CheckedInput> run(Listener listener) {
    return Mono.fromCallable(() -> check(listener)).subscribeOn(disk);
  }

  private CheckedInput check(Listener listener) throws IOException {
    IdSet repeated = new IdSet(scratch);
    boolean done = false;
    try (IdSet once = new IdSet(scratch)) {
      Alone alone = judgeEach(once, repeated, listener);
      CheckSummary first = alone.summary();
      RepeatedRows groups = new RepeatedRows();
      CheckSummary all =
          repeated.size() == 0 ? first : judgeTogether(repeated, groups, first, listener);
      done = true;
      boolean distinct = alone.plain() && repeated.size() == 0;
      return new CheckedInput(source, request, all, repeated, groups, distinct);
    } finally {
      if (!done) {
        repeated.close();
      }
    }
  }

  /**
   * What is known of rows by themselves.
   *
   * @param plain whether all valid ones have a key, none has an id, and none is a regular
   *     expression, which may read like a pattern of another key
   */
  private record Alone(CheckSummary summary, boolean plain) {}

  /** Judges rows by themselves, and finds the identities that more than one sound row has. */
  private Alone judgeEach(IdSet once, IdSet repeated, Listener listener) throws IOException {
    RowDigest digest = new RowDigest(request.resource());
    long invalid = 0;
    long unjudged = 0;
    long identified = 0;
    long rows = 0;
    boolean plain = true;
    try (InputReader reader =
        InputReader.open(request.resource(), request.input(), source.open())) {
      RowJudge judge = new RowJudge(request, reader.columns());
      for (InputRow row = reader.next(); row != null; row = reader.next()) {
        stop.check();
        RowJudge.Judged judged = judge.judge(row);
        if (judged.invalid()) {
          invalid++;
          long number = row.row();
          judged.faults().forEach(fault -> listener.fault(number, fault));
        } else {
          unjudged += judged.unlessHeld().isEmpty() ? 0 : 1;
          identified += judged.record().hasNonNull("id") ? 1 : 0;
          Optional<RowDigest.Halves> identity = digest.identity(judged.whole());
          plain &= identity.isPresent() && !NaturalKey.isRegex(request.resource(), judged.whole());
          identity
              .filter(same -> !once.add(same.first()))
              .ifPresent(same -> repeated.add(same.first()));
        }
        listener.rows(++rows);
      }
      return new Alone(
          new CheckSummary(rows, invalid, 0, unjudged, identified, reader.warnings()),
          plain && identified == 0);
    }
  }

  /** Compares the rows that share their identity. */
  private CheckSummary judgeTogether(
      IdSet repeated, RepeatedRows groups, CheckSummary sofar, Listener listener)
      throws IOException {
    note(repeated, groups);
    long contradicted = 0;
    long repeats = 0;
    CheckedInput pass = new CheckedInput(source, request, sofar, repeated, groups, false);
    try (CheckedInput.Rows rows = pass.open()) {
      for (JudgedRow row = rows.next(); row != null; row = rows.next()) {
        stop.check();
        if (row.contradicted()) {
          contradicted++;
          listener.fault(row.row(), row.faults().get(0));
        }
        repeats += row.repeats() > 0 ? 1 : 0;
      }
    }
    return new CheckSummary(
        sofar.rows(),
        sofar.invalid() + contradicted,
        repeats,
        sofar.unjudged(),
        sofar.identified(),
        sofar.warnings());
  }

  private void note(IdSet repeated, RepeatedRows groups) throws IOException {
    RowDigest digest = new RowDigest(request.resource());
    try (InputReader reader =
        InputReader.open(request.resource(), request.input(), source.open())) {
      RowJudge judge = new RowJudge(request, reader.columns());
      for (InputRow row = reader.next(); row != null; row = reader.next()) {
        stop.check();
        RowJudge.Judged judged = judge.judge(row);
        if (!judged.invalid()) {
          long number = row.row();
          digest
              .identity(judged.whole())
              .filter(identity -> repeated.contains(identity.first()))
              .ifPresent(
                  identity ->
                      groups.note(
                          identity.second(), digest.content(judged.whole()).first(), number));
        }
      }
    }
  }
}
