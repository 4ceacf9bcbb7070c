package io.sluice.pipeline.imports;

import io.sluice.api.ApiException;
import io.sluice.api.IdFingerprint;
import io.sluice.api.Listing;
import io.sluice.api.Page;
import io.sluice.catalog.NaturalKey;
import io.sluice.catalog.Resource;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.ListingReader;
import io.sluice.pipeline.RowSink;
import io.sluice.pipeline.input.CheckSummary;
import io.sluice.pipeline.input.CheckedInput;
import io.sluice.pipeline.input.JudgedRow;
import io.sluice.plan.AccountIndex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads what a plan needs to know of an account: by one listing of everything, or by asking for
 * each row, whichever takes fewer requests. Where asking does not find a record the listing is read
 * after all, since the record may be there under another spelling.
 */
final class AccountReader {
  private final AccountSession session;
  private final Resource resource;
  private final Path scratch;
  private final ImportListener listener;
  private final AtomicLong total = new AtomicLong();
  private final Scheduler disk = Schedulers.boundedElastic();

  AccountReader(AccountSession session, Resource resource, Path scratch, ImportListener listener) {
    this.session = session;
    this.resource = resource;
    this.scratch = scratch;
    this.listener = listener;
  }

  /**
   * Reads the account. Whoever gets the account closes its index.
   *
   * @param whole whether all of it is needed, whatever that takes
   */
  Mono<Account> read(CheckedInput input, boolean whole) {
    long questions = whole ? Long.MAX_VALUE : questions(input.summary());
    if (questions == 0) {
      return blocking(
          () ->
              new Account(
                  AccountIndex.builder(resource, scratch).build(), total.get(), false, null));
    }
    listener.reading(0, null);
    return list(questions)
        .switchIfEmpty(
            Mono.defer(() -> ask(input)).switchIfEmpty(Mono.defer(() -> list(Long.MAX_VALUE))));
  }

  /** How many requests asking for each row takes; a row with an id takes two. */
  private long questions(CheckSummary rows) {
    if (rows.valid() == 0) {
      return 0;
    }
    return KeyFilter.offeredBy(resource) ? rows.valid() + rows.identified() : Long.MAX_VALUE;
  }

  /** Empty if that takes more requests than asking for each row. */
  private Mono<Account> list(long questions) {
    ListingReader.Watcher watcher =
        new ListingReader.Watcher() {
          @Override
          public void rows(long rows, @Nullable Long total) {
            AccountReader.this.total.set(total == null ? rows : total);
            listener.reading(rows, total);
          }

          @Override
          public void again(String why) {
            listener.note(resource + " changed while it was read (" + why + "); reading it again");
          }

          @Override
          public boolean goOn(long furtherRequests) {
            return furtherRequests <= questions;
          }
        };
    return new ListingReader(session, scratch)
        .read(
            Listing.of(resource),
            () -> new Records(AccountIndex.builder(resource, scratch)),
            watcher)
        .flatMap(
            result ->
                blocking(
                    () ->
                        new Account(
                            ((Records) result.sink()).builder().build(),
                            result.rows(),
                            true,
                            result.moved())));
  }

  /** The records of one reading, on their way into an index. */
  private record Records(AccountIndex.Builder builder) implements RowSink {
    @Override
    public void write(byte[] lines, int from, int to, int rows) throws IOException {
      builder.add(lines, from, to);
    }

    @Override
    public void discard() throws IOException {
      builder.close();
    }

    @Override
    public void close() {}
  }

  /** Asks for each row; empty as soon as one is not found. */
  private Mono<Account> ask(CheckedInput input) {
    return Mono.usingWhen(
        blocking(() -> new Answers(AccountIndex.builder(resource, scratch))),
        answers ->
            rows(input)
                .flatMapSequential(row -> ask(row.record()), session.concurrency(), 1)
                .publishOn(disk)
                .concatMap(found -> blocking(() -> answers.take(found)))
                .all(known -> known)
                .flatMap(
                    all ->
                        all
                            ? blocking(() -> new Account(answers.build(), total.get(), false, null))
                            : Mono.empty()),
        answers -> blocking(answers::close).then());
  }

  private Flux<JudgedRow> rows(CheckedInput input) {
    return Flux.generate(
            input::open,
            (CheckedInput.Rows rows, SynchronousSink<JudgedRow> sink) -> {
              JudgedRow row = nextSound(rows);
              if (row == null) {
                sink.complete();
              } else {
                sink.next(row);
              }
              return rows;
            },
            AccountReader::close)
        .subscribeOn(disk);
  }

  private static @Nullable JudgedRow nextSound(CheckedInput.Rows rows) {
    try {
      JudgedRow row = rows.next();
      while (row != null && (row.invalid() || row.repeats() > 0)) {
        row = rows.next();
      }
      return row;
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  private static void close(CheckedInput.Rows rows) {
    try {
      rows.close();
    } catch (IOException unclosable) {
      throw new java.io.UncheckedIOException(unclosable);
    }
  }

  /** What the account answered about one row. */
  private record Found(ObjectNode row, List<ObjectNode> records) {}

  private Mono<Found> ask(ObjectNode row) {
    String id = row.path("id").asString("");
    Flux<ObjectNode> byId = id.isEmpty() ? Flux.empty() : get(id).flux();
    Flux<ObjectNode> byKey =
        Flux.fromIterable(KeyFilter.of(resource, row))
            .concatMap(filter -> all(Listing.of(resource).where(filter), 1));
    return byId.concatWith(byKey).collectList().map(records -> new Found(row, records));
  }

  private Mono<ObjectNode> get(String id) {
    return session
        .patiently(session.client().get(resource, id))
        .onErrorResume(
            ApiException.class,
            error -> error.httpStatus() == 404 ? Mono.empty() : Mono.error(error));
  }

  private Flux<ObjectNode> all(Listing listing, int number) {
    return session
        .patiently(session.client().page(listing, number, new IdFingerprint(0)))
        .flatMapMany(
            page -> {
              Flux<ObjectNode> records = Flux.range(0, page.count()).map(page::record);
              return goesOn(page, listing)
                  ? records.concatWith(Flux.defer(() -> all(listing, number + 1)))
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
        if (ids.add(id)) {
          byte[] line = (record + "\n").getBytes(StandardCharsets.UTF_8);
          builder.add(line, 0, line.length);
        }
        known |= id.equals(found.row().path("id").asString("")) || sameKey(record, found.row());
      }
      listener.reading(ids.size(), null);
      return known;
    }

    AccountIndex build() throws IOException {
      built = true;
      return builder.build();
    }

    boolean close() throws IOException {
      if (!built) {
        builder.close();
      }
      return built;
    }

    private boolean sameKey(ObjectNode record, ObjectNode row) {
      List<String> here = NaturalKey.of(resource, row).map(NaturalKey::folded).orElse(List.of());
      return NaturalKey.of(resource, record).filter(key -> key.folded().equals(here)).isPresent();
    }
  }

  private <T> Mono<T> blocking(java.util.concurrent.Callable<T> work) {
    return Mono.fromCallable(work).subscribeOn(disk);
  }
}
