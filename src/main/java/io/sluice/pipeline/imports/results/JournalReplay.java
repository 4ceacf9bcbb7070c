package io.sluice.pipeline.imports.results;

import io.sluice.config.UsageException;
import io.sluice.pipeline.imports.input.InputSource;
import io.sluice.report.Action;
import io.sluice.report.RowResult;
import io.sluice.report.journal.JournalReader;
import io.sluice.report.journal.ResultIndex;
import io.sluice.report.journal.RowState;
import io.sluice.report.journal.RunHeader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The work of earlier processes on this run: which rows are done, and which may be. Of a run that
 * begins it knows nothing. Blocking; for one thread at a time.
 */
public final class JournalReplay implements Closeable {
  /** So long after a process was killed none of its calls can have an effect any more. */
  private static final Duration SETTLED = Duration.ofSeconds(2);

  private final @Nullable JournalReader journal;
  private final @Nullable ResultIndex results;
  private final Instant opened;

  private JournalReplay(
      @Nullable JournalReader journal, @Nullable ResultIndex results, Instant opened) {
    this.journal = journal;
    this.results = results;
    this.opened = opened;
  }

  /** There was none. */
  public static JournalReplay none() {
    return new JournalReplay(null, null, Instant.EPOCH);
  }

  /**
   * The run whose journal that is.
   *
   * @param opened when its directory was taken, by the clock that {@link #untilSettled} goes by
   */
  public static JournalReplay of(Path path, Instant opened) throws IOException {
    JournalReader journal = JournalReader.open(path);
    try {
      return new JournalReplay(journal, journal.results(), opened);
    } catch (IOException unreadable) {
      journal.close();
      throw unreadable;
    }
  }

  private static final RowState FRESH = new RowState.Nothing();

  /**
   * How far a row has come. One whose outcome is not known, or that was sent in vain, may have had
   * its effect: it counts as intended.
   */
  public RowState row(long row) throws IOException {
    return journal == null || results == null
        ? FRESH
        : standing(journal.row(row), () -> results.result(row));
  }

  /** How far a delete without a row has come, in the same way. */
  public RowState delete(String id) throws IOException {
    if (journal == null || results == null) {
      return FRESH;
    }
    RowState state = journal.deletes().get(id);
    return state == null ? FRESH : standing(state, () -> results.delete(id));
  }

  /** The outcome of a row that keeps its outcome. */
  public Optional<RowResult> result(long row) throws IOException {
    return results != null && row(row) instanceof RowState.Finished
        ? results.result(row)
        : Optional.empty();
  }

  /**
   * A delete without a row that is still to be done, or to be told of.
   *
   * @param begun whether it may have been sent
   */
  public record OpenDelete(String id, String key, boolean begun) {}

  /** A mirror's deletes whose outcome is not known for good. */
  public List<OpenDelete> openDeletes() throws IOException {
    List<OpenDelete> open = new ArrayList<>();
    if (journal != null && results != null) {
      for (String id : journal.deletes().keySet()) {
        RowState state = delete(id);
        if (!(state instanceof RowState.Finished)) {
          Optional<RowResult> last = results.delete(id);
          String key = last.isPresent() ? last.get().key() : results.intendedKey(id);
          open.add(new OpenDelete(id, key, state instanceof RowState.Intended));
        }
      }
    }
    return open;
  }

  /** The outcome of a mirror's deletes that keep their outcome, in the order of their intents. */
  public Iterator<RowResult> finishedDeletes() throws IOException {
    List<RowResult> finished = new ArrayList<>();
    if (journal != null && results != null) {
      for (String id : journal.deletes().keySet()) {
        if (delete(id) instanceof RowState.Finished) {
          results.delete(id).ifPresent(finished::add);
        }
      }
    }
    return finished.iterator();
  }

  /** How long to wait until no call of a killed process can be under way any more. */
  public Duration untilSettled(Instant now) {
    Duration left = Duration.between(now, opened.plus(SETTLED));
    return journal == null || journal.settled() || left.isNegative() || left.compareTo(SETTLED) > 0
        ? Duration.ZERO
        : left;
  }

  /** The journal, if the run goes on with one. */
  @Nullable
  public JournalReader journal() {
    return journal;
  }

  /**
   * Checks that the run is gone on with as it was begun.
   *
   * @throws UsageException naming what is different
   */
  public static void requireSame(RunHeader begun, RunHeader now) {
    same("the account", begun.accountId(), now.accountId());
    same("the base URL", begun.baseUrl(), now.baseUrl());
    same("the resource", begun.resource(), now.resource());
    same("--mode", begun.mode(), now.mode());
    sameInput(begun, now.inputName(), now.inputSha256());
    Map<String, String> were = new TreeMap<>(begun.options());
    Map<String, String> are = new TreeMap<>(now.options());
    TreeSet<String> names = new TreeSet<>(were.keySet());
    names.addAll(are.keySet());
    for (String name : names) {
      same(name, were.getOrDefault(name, "not given"), are.getOrDefault(name, "not given"));
    }
  }

  /** Checks that the input is the one that the run began with, whatever it says now. */
  public static void requireSameInput(RunHeader begun, InputSource source) throws IOException {
    sameInput(begun, source.name(), source.sha256());
  }

  private static void sameInput(RunHeader begun, String name, String sha256) {
    if (!begun.inputSha256().equals(sha256)) {
      throw different(name + " is not the input any more that the run began with");
    }
  }

  private static void same(String what, String was, String is) {
    if (!Objects.equals(was, is)) {
      throw different(what + " is " + is + " now, and was " + was + " when the run began");
    }
  }

  private static UsageException different(String message) {
    return new UsageException(
        message,
        "resume it with the options that it started with, or start a new run with another --results");
  }

  private interface LastResult {
    Optional<RowResult> get() throws IOException;
  }

  private static RowState standing(RowState state, LastResult last) throws IOException {
    if (state instanceof RowState.Intended intended) {
      return new RowState.Intended(intended.action());
    } else if (state instanceof RowState.Finished finished) {
      return switch (finished.outcome()) {
        // One that was sent in vain may have had its effect all the same.
        case UNPROCESSED ->
            last.get()
                .filter(result -> result.attempts() > 0)
                .<RowState>map(result -> new RowState.Intended(result.action()))
                .orElse(FRESH);
        case UNKNOWN ->
            new RowState.Intended(last.get().map(RowResult::action).orElse(Action.NONE));
        default -> new RowState.Finished(finished.outcome());
      };
    }
    return FRESH;
  }

  @Override
  public void close() throws IOException {
    try {
      if (results != null) {
        results.close();
      }
    } finally {
      if (journal != null) {
        journal.close();
      }
    }
  }
}
