package io.sluice.pipeline.compare;

import io.sluice.catalog.Resource;
import io.sluice.flow.Blocking;
import io.sluice.flow.Closer;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.UnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/**
 * Compares two sides, one kind of records after the other. Two live accounts are read at the same
 * time.
 */
public final class Diff {
  private static final long MANY = 1_000_000;
  private static final long BYTES_EACH = 70;

  private final DiffRequest request;
  private final Path scratch;
  private final StopSignal stop;
  private final Consumer<RunEvent> events;

  /**
   * A comparison that has not begun.
   *
   * @param scratch a directory for what does not fit into memory: a copy of one side's records, and
   *     of each live account's
   * @param stop ends it early
   */
  public Diff(DiffRequest request, Path scratch, StopSignal stop, Consumer<RunEvent> events) {
    this.request = request;
    this.scratch = scratch;
    this.stop = stop;
    this.events = events;
  }

  /**
   * Checks what can be checked of both sides, then compares. Reports every difference as it is
   * found; brings what each kind of records came to.
   */
  public Mono<List<ResourceDiff>> run() {
    request.leftOut().forEach(text -> events.accept(new RunEvent.Warning(text)));
    return stop.orStop(request.before().prepare(request.resources()).thenReturn(true))
        .then(stop.orStop(request.after().prepare(request.resources()).thenReturn(true)))
        .thenReturn(request.resources())
        .flatMapIterable(resources -> resources)
        .concatMap(this::compared, 0)
        .doOnNext(result -> events.accept(new RunEvent.KindCompared(result)))
        .collectList();
  }

  private Mono<ResourceDiff> compared(Resource resource) {
    return Mono.usingWhen(
            Mono.fromSupplier(Closer::new),
            closer ->
                Mono.zip(
                        records(request.before(), resource).doOnNext(closer::register),
                        records(request.after(), resource).doOnNext(closer::register))
                    .flatMap(
                        both -> Blocking.call(() -> compare(resource, both.getT1(), both.getT2()))),
            Closer::close)
        .onErrorResume(
            UnavailableException.class,
            lacking -> request.named() ? Mono.error(lacking) : Mono.empty());
  }

  private Mono<Records> records(Side side, Resource resource) {
    return side.records(resource, scratch, events)
        .doOnError(
            UnavailableException.class,
            lacking ->
                events.accept(
                    new RunEvent.Warning(
                        side.name()
                            + " does not offer "
                            + lacking.getMessage()
                            + "; not compared")));
  }

  private ResourceDiff compare(Resource resource, Records before, Records after)
      throws IOException {
    warn(resource, request.before(), before);
    warn(resource, request.after(), after);
    ResourceDiff result =
        new RecordComparison(resource, request.origin(), scratch, stop, events)
            .compare(before, after);
    if (result.of(Difference.Kind.CHANGED) > 0) {
      warnOfUngiven(request.before(), before);
      warnOfUngiven(request.after(), after);
    }
    return result;
  }

  private void warnOfUngiven(Side side, Records records) {
    List<String> ungiven = records.ungiven();
    if (!ungiven.isEmpty()) {
      events.accept(
          new RunEvent.Warning(
              "no row of "
                  + side.name()
                  + " gives "
                  + String.join(", ", ungiven)
                  + ": compared as empty or false, while an import of the file leaves them as they"
                  + " are"));
    }
  }

  private void warn(Resource resource, Side side, Records records) {
    for (String doubt : records.doubts()) {
      events.accept(
          new RunEvent.Warning(
              side.name() + ", " + resource + ": " + doubt + "; differences may be due to that"));
    }
    long count = records.count().orElse(0);
    if (count > MANY) {
      events.accept(
          new RunEvent.Note(
              side.name()
                  + " holds "
                  + count
                  + " "
                  + resource
                  + "; of the smaller side, each million takes "
                  + BYTES_EACH * MANY / 1_000_000
                  + " MB of memory"));
    }
  }
}
