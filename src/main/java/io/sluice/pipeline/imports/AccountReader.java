package io.sluice.pipeline.imports;

import io.sluice.api.Listing;
import io.sluice.catalog.Resource;
import io.sluice.flow.Blocking;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.ListingReader;
import io.sluice.pipeline.RowSink;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.UnavailableException;
import io.sluice.pipeline.imports.input.CheckSummary;
import io.sluice.pipeline.imports.input.CheckedInput;
import io.sluice.plan.AccountIndex;
import io.sluice.snapshot.Unavailable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Reads what a plan needs to know of an account: by one listing of everything, or by asking for
 * each row, whichever takes fewer requests. Where asking does not find a record the listing is read
 * after all, since the record may be there under another spelling.
 */
final class AccountReader {
  private final AccountSession session;
  private final Resource resource;
  private final Path scratch;
  private final Consumer<RunEvent> events;
  private final RecordLookup lookup;
  private final AtomicLong total = new AtomicLong();

  AccountReader(
      AccountSession session, Resource resource, Path scratch, Consumer<RunEvent> events) {
    this.session = session;
    this.resource = resource;
    this.scratch = scratch;
    this.events = events;
    this.lookup = new RecordLookup(session, resource, scratch, events);
  }

  /**
   * Reads the account. Whoever gets the account closes its index.
   *
   * @param whole whether all of it is needed, whatever that takes
   * @param named whether it is an error if the account does not offer such records
   */
  Mono<ImportState.Account> read(CheckedInput input, boolean whole, boolean named) {
    return unlessLacking(read(input, whole), named);
  }

  /**
   * Reads what a saved plan is compared with.
   *
   * @param any whether the plan changes anything at all
   * @param named whether it is an error if the account does not offer such records
   */
  Mono<ImportState.Account> read(boolean any, boolean named) {
    if (!any) {
      return nothing();
    }
    reading(0, null);
    return unlessLacking(list(Long.MAX_VALUE), named);
  }

  private Mono<ImportState.Account> unlessLacking(Mono<ImportState.Account> read, boolean named) {
    return named
        ? read
        : read.onErrorResume(UnavailableException.class, lacking -> without(lacking.what()));
  }

  private Mono<ImportState.Account> without(Unavailable why) {
    events.accept(new RunEvent.KindUnavailable(resource, why, /* known= */ false));
    return Blocking.call(
        () -> ImportState.Account.without(AccountIndex.builder(resource, scratch).build(), why));
  }

  private Mono<ImportState.Account> read(CheckedInput input, boolean whole) {
    long most = whole ? Long.MAX_VALUE : costOfAsking(input.summary());
    if (most == 0) {
      return nothing();
    }
    reading(0, null);
    return list(most)
        .switchIfEmpty(
            Mono.defer(() -> lookup.ask(input, total.get()))
                .switchIfEmpty(Mono.defer(() -> list(Long.MAX_VALUE))));
  }

  private Mono<ImportState.Account> nothing() {
    return Blocking.call(
        () ->
            new ImportState.Account(
                AccountIndex.builder(resource, scratch).build(), total.get(), false, null));
  }

  private void reading(long records, @Nullable Long all) {
    events.accept(new RunEvent.Progress(RunEvent.Phase.READING, resource, records, all));
  }

  /** How many requests asking for each row takes; a row with an id takes two. */
  private long costOfAsking(CheckSummary rows) {
    if (rows.valid() == 0) {
      return 0;
    }
    long records = rows.valid() + rows.rewritings().further();
    return KeyFilter.offeredBy(resource) ? records + rows.identified() : Long.MAX_VALUE;
  }

  /** Empty if that takes more requests than {@code most}. */
  private Mono<ImportState.Account> list(long most) {
    ListingReader.Watcher watcher =
        new ListingReader.Watcher() {
          @Override
          public void rows(long rows, @Nullable Long total) {
            AccountReader.this.total.set(total == null ? rows : total);
            reading(rows, total);
          }

          @Override
          public void again(String why) {
            events.accept(new RunEvent.ListMoved(resource, why));
          }
        };
    return new ListingReader(session, scratch)
        .read(
            Listing.of(resource),
            () -> new Records(AccountIndex.builder(resource, scratch)),
            watcher,
            most)
        .flatMap(
            result ->
                Blocking.call(
                    () ->
                        new ImportState.Account(
                            result.sink().builder().build(), result.rows(), true, result.moved())));
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
}
