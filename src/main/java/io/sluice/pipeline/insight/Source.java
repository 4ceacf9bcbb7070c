package io.sluice.pipeline.insight;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Defaults;
import io.sluice.catalog.RecordJson;
import io.sluice.catalog.Resource;
import io.sluice.config.UsageException;
import io.sluice.flow.Blocking;
import io.sluice.pipeline.RecordLines;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.UnavailableException;
import io.sluice.pipeline.compare.Records;
import io.sluice.pipeline.compare.Side;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * The records of a live account, a snapshot or a file, read once, one kind after the other.
 *
 * @param side where they are
 * @param named the kinds that were asked for by name; none for all
 * @param scratch a directory for what has to be fetched first
 */
public record Source(Side side, List<Resource> named, Path scratch, StopSignal stop) {
  private static final int REPORTED_EVERY = 1_000;

  /** Is shown each record, with the type of its pattern even if that is not given. Blocking. */
  @FunctionalInterface
  public interface Visitor {
    void record(Resource resource, ObjectNode record) throws IOException;
  }

  /**
   * The kinds that are read: those that were named, or else all that are wanted and there.
   *
   * @throws UsageException if one that was named is not there, or there is none at all
   */
  private List<Resource> resources(Predicate<Resource> wanted) {
    for (Resource resource : named) {
      if (!side.has(resource)) {
        throw new UsageException(
            side.name() + " holds no " + resource + side.why(resource), "leave it out of -r");
      }
    }
    List<Resource> read =
        (named.isEmpty() ? Catalog.resources() : named)
            .stream().filter(wanted).filter(side::has).toList();
    if (read.isEmpty()) {
      throw new UsageException(side.name() + " holds no records that could be looked at", null);
    }
    return read;
  }

  /**
   * Shows every record of the kinds that are wanted. Brings the kinds that were read; one that is
   * not there, or that a live account does not offer, is left out with a warning, or an error if it
   * was named.
   */
  public Mono<List<Resource>> read(
      Predicate<Resource> wanted, Consumer<RunEvent> events, Visitor visitor) {
    return Mono.defer(
        () -> {
          List<Resource> resources = resources(wanted);
          warnOfMissing(wanted, events);
          return stop.orStop(side.prepare(resources).thenReturn(resources))
              .flatMapIterable(all -> all)
              .concatMap(resource -> read(resource, events, visitor), 0)
              .collectList();
        });
  }

  /**
   * Names the kinds that the source does not hold, so that they are not taken for empty. The export
   * has already named those that the account does not offer.
   */
  private void warnOfMissing(Predicate<Resource> wanted, Consumer<RunEvent> events) {
    String missing =
        Catalog.resources().stream()
            .filter(wanted)
            .filter(resource -> !side.has(resource) && side.why(resource).isEmpty())
            .map(Resource::slug)
            .collect(Collectors.joining(", "));
    if (named.isEmpty() && !missing.isEmpty()) {
      events.accept(new RunEvent.Warning(side.name() + " holds no " + missing + "; not looked at"));
    }
    if (named.isEmpty()) {
      side.unknownKinds()
          .forEach(
              kind ->
                  events.accept(
                      new RunEvent.Warning(
                          kind
                              + " is not known to this version of Sluice: not looked at; update"
                              + " Sluice")));
    }
  }

  private Mono<Resource> read(Resource resource, Consumer<RunEvent> events, Visitor visitor) {
    return stop.orStop(side.records(resource, scratch, events))
        .flatMap(
            records ->
                Mono.usingWhen(
                    Mono.just(records),
                    open -> Blocking.run(() -> show(resource, open, events, visitor)),
                    open -> Blocking.run(open::close)))
        .thenReturn(resource)
        .onErrorResume(
            UnavailableException.class,
            lacking -> {
              if (!named.isEmpty()) {
                return Mono.error(lacking);
              }
              events.accept(
                  new RunEvent.Warning(
                      side.name() + " does not offer " + lacking.getMessage() + "; not looked at"));
              return Mono.empty();
            });
  }

  private void show(Resource resource, Records records, Consumer<RunEvent> events, Visitor visitor)
      throws IOException {
    for (String doubt : records.doubts()) {
      events.accept(
          new RunEvent.Warning(
              side.name() + ", " + resource + ": " + doubt + "; records may be missing"));
    }
    long rows = 0;
    try (RecordLines lines = records.open()) {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        stop.check();
        rows++;
        ObjectNode record = RecordJson.parse(line, 0, line.length, rows);
        Defaults.inferType(resource, record);
        visitor.record(resource, record);
        if (rows % REPORTED_EVERY == 0) {
          events.accept(new RunEvent.SideRead(resource, side, rows, null));
        }
      }
    }
  }
}
