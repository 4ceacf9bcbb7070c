package io.sluice.pipeline.exports;

import io.sluice.api.Listing;
import io.sluice.catalog.Resource;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.ListingReader;
import io.sluice.pipeline.RowFile;
import io.sluice.snapshot.ResourceEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Writes the listing of one resource to a file in a directory that belongs to the run. */
final class ResourceExport {
  private final AccountSession session;
  private final ExportRequest request;
  private final ExportProgress progress;

  ResourceExport(AccountSession session, ExportRequest request, ExportProgress progress) {
    this.session = session;
    this.request = request;
    this.progress = progress;
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
    ListingReader reader = new ListingReader(session, directory);
    return Mono.defer(
        () -> {
          progress.reading(resource);
          return reader
              .read(
                  listing,
                  () ->
                      RowFile.create(
                          directory.resolve("." + name + "." + readings.incrementAndGet()),
                          request,
                          resource),
                  watcher(resource))
              .map(result -> keep(listing, result, directory.resolve(name)));
        });
  }

  private ResourceEntry keep(Listing listing, ListingReader.Result result, Path target) {
    RowFile file = (RowFile) result.sink();
    try {
      Files.move(file.path(), target);
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
    ResourceEntry entry =
        new ResourceEntry(
            listing.resource().slug(),
            target.getFileName().toString(),
            request.format().extension(),
            request.gzip(),
            result.rows(),
            file.bytes(),
            file.sha256Hex(),
            result.pages(),
            result.total(),
            listing.filters(),
            result.moved() == null);
    progress.done(listing.resource(), entry, result.moved());
    return entry;
  }

  private ListingReader.Watcher watcher(Resource resource) {
    return new ListingReader.Watcher() {
      @Override
      public void rows(long rows, @Nullable Long total) {
        progress.rows(resource, rows, total);
      }

      @Override
      public void again(String why) {
        progress.again(resource, why);
      }
    };
  }
}
