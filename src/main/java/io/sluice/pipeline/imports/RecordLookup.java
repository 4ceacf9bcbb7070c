package io.sluice.pipeline.imports;

import io.sluice.api.Listing;
import io.sluice.api.Page;
import io.sluice.catalog.Resource;
import io.sluice.flow.Blocking;
import io.sluice.hash.Hash64;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.imports.input.CheckedInput;
import io.sluice.pipeline.imports.input.ValidatedRow;
import io.sluice.plan.AccountIndex;
import io.sluice.plan.Key;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.node.ObjectNode;

/** Asks an account for the record of each row, by its id and by its key. */
final class RecordLookup {
  private final AccountSession session;
  private final Resource resource;
  private final Path scratch;
  private final Consumer<RunEvent> events;

  RecordLookup(AccountSession session, Resource resource, Path scratch, Consumer<RunEvent> events) {
    this.session = session;
    this.resource = resource;
    this.scratch = scratch;
    this.events = events;
  }

  /**
   * Asks for each row; empty as soon as one is not found.
   *
   * @param total how many records the account holds in all, as far as it reports
   */
  Mono<ImportState.Account> ask(CheckedInput input, long total) {
    return Blocking.using(
        () -> new Answers(AccountIndex.builder(resource, scratch)),
        answers ->
            rows(input)
                .flatMapSequential(row -> about(row.record()), session.concurrency(), 1)
                .publishOn(Schedulers.boundedElastic())
                .concatMap(found -> Blocking.call(() -> answers.take(found)))
                .all(known -> known)
                .flatMap(
                    all ->
                        all
                            ? Blocking.call(
                                () -> new ImportState.Account(answers.build(), total, false, null))
                            : Mono.empty()),
        answers -> Blocking.run(answers::close));
  }

  private Flux<ValidatedRow> rows(CheckedInput input) {
    return Flux.generate(
            input::open,
            (CheckedInput.Rows rows, SynchronousSink<ValidatedRow> sink) -> {
              ValidatedRow row = nextSound(rows);
              if (row == null) {
                sink.complete();
              } else {
                sink.next(row);
              }
              return rows;
            },
            RecordLookup::close)
        .subscribeOn(Schedulers.boundedElastic());
  }

  private static @Nullable ValidatedRow nextSound(CheckedInput.Rows rows) {
    try {
      ValidatedRow row = rows.next();
      while (row != null && row.settled()) {
        row = rows.next();
      }
      return row;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static void close(CheckedInput.Rows rows) {
    try {
      rows.close();
    } catch (IOException unclosable) {
      throw new UncheckedIOException(unclosable);
    }
  }

  /** What the account answered about one row. */
  private record Found(ObjectNode row, List<ObjectNode> records) {}

  private Mono<Found> about(ObjectNode row) {
    String id = row.path("id").asString("");
    Flux<ObjectNode> byId = id.isEmpty() ? Flux.empty() : get(id).flux();
    Flux<ObjectNode> byKey =
        Flux.fromIterable(KeyFilter.of(resource, row))
            .concatMap(
                filter ->
                    all(Listing.of(resource).where(filter), 1)
                        .onErrorResume(KeyFilter::isRefused, refused -> Flux.empty()));
    return Flux.concat(List.of(byId, byKey)).collectList().map(records -> new Found(row, records));
  }

  private Mono<ObjectNode> get(String id) {
    return session
        .patiently(session.client().get(resource, id))
        .onErrorResume(KeyFilter::isRefused, refused -> Mono.empty());
  }

  private Flux<ObjectNode> all(Listing listing, int number) {
    return session
        .patiently(session.client().page(listing, number, Hash64.keyed(0)))
        .flatMapMany(
            page -> {
              Flux<ObjectNode> records = Flux.range(0, page.count()).map(page::record);
              return goesOn(page, listing)
                  ? Flux.concat(List.of(records, Flux.defer(() -> all(listing, number + 1))))
                  : records;
            });
  }

  private static boolean goesOn(Page page, Listing listing) {
    int full = page.size() == 0 ? listing.perPage() : page.size();
    return page.count() > 0 && page.count() >= full;
  }

  /** Collects answers, each record once. */
  private final class Answers {
    private final AccountIndex.Builder builder;
    private final Set<String> ids = new HashSet<>();
    private boolean built;

    Answers(AccountIndex.Builder builder) {
      this.builder = builder;
    }

    /** True if the row's record is among them. */
    boolean take(Found found) throws IOException {
      boolean known = false;
      for (ObjectNode record : found.records()) {
        String id = record.path("id").asString("");
        if (ids.add(id.isEmpty() ? record.toString() : id)) {
          byte[] line = (record + "\n").getBytes(StandardCharsets.UTF_8);
          builder.add(line, 0, line.length);
        }
        known |= proves(record, id, found.row());
      }
      events.accept(new RunEvent.Progress(RunEvent.Phase.READING, resource, ids.size(), null));
      return known;
    }

    AccountIndex build() throws IOException {
      built = true;
      return builder.build();
    }

    void close() throws IOException {
      if (!built) {
        builder.close();
      }
    }

    /**
     * True if no record that was not asked for can change what the row means: that takes the row's
     * key as it is spelled, since others may be spelled in more than one way.
     */
    private boolean proves(ObjectNode record, String id, ObjectNode row) {
      boolean named = !id.isEmpty() && id.equals(row.path("id").asString(""));
      if (named && Key.restated(resource, row, record)) {
        return true;
      }
      Optional<Key> wanted = named ? Key.of(resource, row, record) : Key.of(resource, row);
      Optional<Key> there = Key.of(resource, record);
      return wanted.isPresent() && wanted.map(Key::exact).equals(there.map(Key::exact));
    }
  }
}
