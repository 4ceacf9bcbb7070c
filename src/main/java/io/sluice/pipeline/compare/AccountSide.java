package io.sluice.pipeline.compare;

import io.sluice.api.Listing;
import io.sluice.catalog.Resource;
import io.sluice.pipeline.AccountException;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.FirstPages;
import io.sluice.pipeline.JsonLines;
import io.sluice.pipeline.ListingReader;
import io.sluice.pipeline.RecordLines;
import io.sluice.pipeline.RowSink;
import io.sluice.pipeline.RunEvent;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A live account. Its listing is kept in a file, since it may have to be read more than once. */
final class AccountSide implements Side {
  private final String name;
  private final AccountSession session;
  private volatile FirstPages firstPages;

  AccountSide(String name, AccountSession session) {
    this.name = name;
    this.session = session;
    this.firstPages = new FirstPages(session, List.of());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String account() {
    return session.account().id();
  }

  @Override
  public boolean has(Resource resource) {
    return true;
  }

  @Override
  public Mono<Void> prepare(List<Resource> resources) {
    return Mono.fromRunnable(
        () -> firstPages = new FirstPages(session, resources.stream().map(Listing::of).toList()));
  }

  @Override
  public Mono<Records> records(Resource resource, Path scratch, Consumer<RunEvent> events) {
    return new ListingReader(session, scratch)
        .startingWith(firstPages)
        .read(
            Listing.of(resource),
            () -> LineFile.create(scratch, resource),
            watcher(resource, events),
            Long.MAX_VALUE)
        .<Records>map(Listed::new)
        .onErrorMap(AccountException.naming(name));
  }

  private ListingReader.Watcher watcher(Resource resource, Consumer<RunEvent> events) {
    return new ListingReader.Watcher() {
      @Override
      public void rows(long rows, @Nullable Long total) {
        events.accept(new RunEvent.SideRead(resource, AccountSide.this, rows, total));
      }

      @Override
      public void again(String why) {
        events.accept(
            new RunEvent.Note(
                name
                    + ": "
                    + resource
                    + " changed while it was read ("
                    + why
                    + "); reading it again"));
      }
    };
  }

  /** The listed records. */
  private record Listed(ListingReader.Result<LineFile> result) implements Records {
    @Override
    public OptionalLong count() {
      return OptionalLong.of(result.rows());
    }

    @Override
    public List<String> doubts() {
      String moved = result.moved();
      return moved == null
          ? List.of()
          : List.of("the list kept changing while it was read three times (" + moved + ")");
    }

    @Override
    public RecordLines open() throws IOException {
      return JsonLines.open(file(), false);
    }

    @Override
    public void close() throws IOException {
      Files.deleteIfExists(file());
    }

    private Path file() {
      return result.sink().path();
    }
  }

  /** The records of one reading in a file of their own, which its owner alone can read. */
  private record LineFile(Path path, OutputStream out) implements RowSink {
    private static final int BUFFER = 256 * 1024;

    static LineFile create(Path directory, Resource resource) throws IOException {
      Path path = Files.createTempFile(directory, resource.slug() + ".jsonl.", "");
      return new LineFile(path, new BufferedOutputStream(Files.newOutputStream(path), BUFFER));
    }

    @Override
    public void write(byte[] lines, int from, int to, int rows) throws IOException {
      out.write(lines, from, to - from);
    }

    @Override
    public void discard() throws IOException {
      out.close();
      Files.deleteIfExists(path);
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
