package io.sluice.pipeline.exports;

import io.sluice.api.Listing;
import io.sluice.catalog.Resource;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.FirstPages;
import io.sluice.pipeline.ListingReader;
import io.sluice.pipeline.RunEvent;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.ResourceEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Writes the listings of a request to files in a directory that belongs to the run, one at a time.
 */
final class ResourceExport {
  private final AccountSession session;
  private final ExportRequest request;
  private final @Nullable Manifest before;
  private final FirstPages firstPages;
  private final Consumer<RunEvent> events;

  /**
   * @param before of an earlier snapshot of the account, from which follows how many pages there
   *     are likely to be; null if there is none
   */
  ResourceExport(
      AccountSession session,
      ExportRequest request,
      @Nullable Manifest before,
      Consumer<RunEvent> events) {
    this.session = session;
    this.request = request;
    this.before = before;
    this.firstPages = new FirstPages(session, request.listings());
    this.events = events;
  }

  /** The name of a resource's file. */
  String fileName(Resource resource) {
    return resource.slug() + "." + request.format().extension() + (request.gzip() ? ".gz" : "");
  }

  /** Reads the listing into {@code directory}; the entry describes the file that is there then. */
  Mono<ResourceEntry> run(Listing listing, Path directory) {
    Resource resource = listing.resource();
    AtomicInteger readings = new AtomicInteger();
    String name = fileName(resource);
    ListingReader reader =
        new ListingReader(session, directory)
            .startingWith(firstPages)
            .expecting(expectedPages(listing));
    return Mono.defer(
        () -> {
          reading(resource, 0, null);
          return reader
              .read(
                  listing,
                  () ->
                      RowFile.create(
                          directory.resolve("." + name + "." + readings.incrementAndGet()),
                          request,
                          resource),
                  watcher(resource),
                  Long.MAX_VALUE)
              .map(result -> keep(listing, result, directory.resolve(name)));
        });
  }

  private int expectedPages(Listing listing) {
    return before == null ? 1 : before.pages(listing.resource().slug(), filters(listing));
  }

  private ResourceEntry keep(Listing listing, ListingReader.Result<RowFile> result, Path target) {
    RowFile file = result.sink();
    try {
      Files.move(file.path(), target);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    ResourceEntry entry =
        new ResourceEntry(
            listing.resource().slug(),
            target.getFileName().toString(),
            request.format().extension(),
            request.gzip(),
            file.rows(),
            file.bytes(),
            file.sha256Hex(),
            result.pages(),
            result.total(),
            filters(listing),
            result.moved() == null);
    events.accept(new RunEvent.Exported(listing.resource(), entry, result.moved()));
    return entry;
  }

  private Map<String, List<String>> filters(Listing listing) {
    ExportRequest.Selection selection = request.selection();
    if (selection == null) {
      return listing.filters();
    }
    Map<String, List<String>> filters = new LinkedHashMap<>(listing.filters());
    filters.putAll(selection.filters());
    return filters;
  }

  private void reading(Resource resource, long rows, @Nullable Long total) {
    events.accept(new RunEvent.Progress(RunEvent.Phase.EXPORTING, resource, rows, total));
  }

  private ListingReader.Watcher watcher(Resource resource) {
    return new ListingReader.Watcher() {
      @Override
      public void rows(long rows, @Nullable Long total) {
        reading(resource, rows, total);
      }

      @Override
      public void again(String why) {
        events.accept(new RunEvent.ListMoved(resource, why));
      }
    };
  }
}
