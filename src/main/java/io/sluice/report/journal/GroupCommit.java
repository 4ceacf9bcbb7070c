package io.sluice.report.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;

/**
 * Lets many callers share one wait for the disk: whatever is queued while the disk works is written
 * at once, forced once, and confirmed together. Lines for which no caller waits share the way to
 * the disk for two milliseconds. Lines keep the order in which they were added. Once the disk has
 * failed nothing is written any more. Thread-safe; never blocks a caller.
 */
final class GroupCommit {
  /** From so many queued bytes on, callers who need not wait for the disk wait all the same. */
  private static final long BACKLOG = 4L << 20;

  /** Waking a thread for each line would cost as much as the call that the line is about. */
  private static final long SHARED_MILLIS = 2;

  private final JournalFile file;
  private final Scheduler disk;
  private List<Line> queue = new ArrayList<>();
  private long queuedBytes;
  private State state = State.IDLE;
  private boolean closing;
  private @Nullable Throwable failure;

  /** What happens to queued lines. */
  private enum State {
    /** There is none. */
    IDLE,
    /** They are written soon. */
    DUE,
    /** They are written now. */
    WORKING
  }

  /** What a line waits for. */
  private enum Kind {
    /** To be on the disk. */
    FORCED,
    /** To be queued. */
    QUEUED,
    /** To be the last, on the disk, and the file closed. */
    LAST
  }

  private static final class Line {
    private final byte[] bytes;
    private final Kind kind;
    private final LongConsumer written;
    private final @Nullable MonoSink<Void> waiter;

    Line(byte[] bytes, Kind kind, LongConsumer written, @Nullable MonoSink<Void> waiter) {
      this.bytes = bytes;
      this.kind = kind;
      this.written = written;
      this.waiter = waiter;
    }

    byte[] bytes() {
      return bytes;
    }

    boolean awaited() {
      return waiter != null;
    }

    void confirm() {
      if (waiter != null) {
        waiter.success();
      }
    }

    void fail(Throwable reason) {
      if (waiter != null) {
        waiter.error(reason);
      }
    }
  }

  /**
   * @param disk where the writing is done; blocking must be allowed there
   */
  GroupCommit(JournalFile file, Scheduler disk) {
    this.file = file;
    this.disk = disk;
  }

  /**
   * Completes once the line is on the disk. Cancelling does not take the line back.
   *
   * @param written is given the line's offset when it is written, one line after the other
   */
  Mono<Void> force(byte[] line, LongConsumer written) {
    return Mono.create(sink -> add(new Line(line, Kind.FORCED, written, sink)));
  }

  /**
   * Completes once the line is queued, unless the disk is far behind: then once it is written.
   *
   * @param written is given the line's offset when it is written, one line after the other
   */
  Mono<Void> queue(byte[] line, LongConsumer written) {
    return Mono.create(
        sink -> {
          if (crowded()) {
            add(new Line(line, Kind.QUEUED, written, sink));
          } else if (add(new Line(line, Kind.QUEUED, written, null))) {
            sink.success();
          } else {
            sink.error(reason());
          }
        });
  }

  /** Completes once everything is on the disk and the file is closed. */
  Mono<Void> close() {
    return Mono.create(sink -> add(new Line(new byte[0], Kind.LAST, offset -> {}, sink)));
  }

  private synchronized boolean crowded() {
    return queuedBytes > BACKLOG;
  }

  private synchronized Throwable reason() {
    return failure == null ? new IOException("the journal is closed") : failure;
  }

  /** Whether the line was taken; if not, its waiter has been told. */
  private boolean add(Line line) {
    boolean taken;
    State before;
    State after;
    synchronized (this) {
      taken = failure == null && !closing;
      before = state;
      if (taken) {
        queue.add(line);
        queuedBytes += line.bytes.length;
        closing = line.kind == Kind.LAST;
        state = line.awaited() ? State.WORKING : state == State.IDLE ? State.DUE : state;
      }
      after = state;
    }
    if (!taken) {
      line.fail(reason());
    }
    if (after != before) {
      start(after);
    }
    return taken;
  }

  private void start(State begun) {
    try {
      if (begun == State.DUE) {
        disk.schedule(this::workIfDue, SHARED_MILLIS, TimeUnit.MILLISECONDS);
      } else {
        disk.schedule(this::work);
      }
    } catch (RuntimeException shutDown) {
      fail(List.of(), shutDown);
    }
  }

  /** Does nothing if a line that is waited for has begun it meanwhile. */
  private void workIfDue() {
    synchronized (this) {
      if (state != State.DUE) {
        return;
      }
      state = State.WORKING;
    }
    work();
  }

  private void work() {
    List<Line> group = next();
    while (!group.isEmpty()) {
      try {
        commit(group);
      } catch (IOException | RuntimeException | Error failed) {
        fail(group, failed);
        return;
      }
      List<Line> done = group;
      group = next();
      if (group.isEmpty()) {
        done.forEach(Line::confirm);
      } else {
        confirmElsewhere(done);
      }
    }
  }

  /** The next group need not wait for what the callers of this one do now. */
  private void confirmElsewhere(List<Line> group) {
    try {
      disk.schedule(() -> group.forEach(Line::confirm));
    } catch (RuntimeException shutDown) {
      group.forEach(Line::confirm);
    }
  }

  /** Everything that is queued; if nothing is, the work is over. */
  private synchronized List<Line> next() {
    if (queue.isEmpty()) {
      state = State.IDLE;
      return List.of();
    }
    List<Line> group = queue;
    queue = new ArrayList<>();
    queuedBytes = 0;
    return group;
  }

  private void commit(List<Line> group) throws IOException {
    long offset = file.append(group.stream().map(Line::bytes).toList());
    for (Line line : group) {
      line.written.accept(offset);
      offset += line.bytes.length;
    }
    if (group.stream().anyMatch(line -> line.kind != Kind.QUEUED)) {
      file.force();
    }
    if (group.get(group.size() - 1).kind == Kind.LAST) {
      file.close();
    }
  }

  private void fail(List<Line> group, Throwable reason) {
    List<Line> waiting;
    synchronized (this) {
      failure = reason;
      waiting = queue;
      queue = new ArrayList<>();
      queuedBytes = 0;
    }
    try {
      file.close();
    } catch (IOException unclosable) {
      reason.addSuppressed(unclosable);
    }
    group.forEach(line -> line.fail(reason));
    waiting.forEach(line -> line.fail(reason));
  }
}
