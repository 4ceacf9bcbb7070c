package io.sluice.pipeline.exports;

import io.sluice.api.Listing;
import io.sluice.config.UsageException;
import io.sluice.disk.PrivateFiles;
import io.sluice.flow.Blocking;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.ScratchDirectory;
import io.sluice.snapshot.ResourceEntry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/**
 * Exports one resource to one file, or to a stream. The file appears whole, in place of one that
 * was there, or not at all; a stream gets the records once all of them have been read.
 */
public final class FileExport {
  private final AccountSession session;
  private final ExportRequest request;

  /** An export of the first and only listing of the request. */
  public FileExport(AccountSession session, ExportRequest request) {
    this.session = session;
    this.request = request;
  }

  /** Exports to a file, by way of a hidden directory beside it. */
  public Mono<ResourceEntry> toFile(Path target, Consumer<RunEvent> events) {
    Path absolute = target.toAbsolutePath();
    Path parent = absolute.getParent();
    if (parent == null || Files.isDirectory(target)) {
      return Mono.error(
          new UsageException(target + " is a directory", "--out wants a file; --to a directory"));
    }
    if (!Files.isDirectory(parent)) {
      return Mono.error(
          new UsageException("there is no directory " + parent, "make it, or correct --out"));
    }
    if (Files.exists(absolute) && !Files.isRegularFile(absolute)) {
      return Mono.using(
          () -> Files.newOutputStream(absolute), out -> toStream(out, events), FileExport::close);
    }
    return within(
        () -> ScratchDirectory.in(parent, absolute.getFileName().toString()),
        events,
        file -> {
          Files.move(file, absolute, StandardCopyOption.ATOMIC_MOVE);
          PrivateFiles.sync(parent);
        });
  }

  /** Exports to a stream, by way of a temporary directory. Does not close the stream. */
  public Mono<ResourceEntry> toStream(OutputStream out, Consumer<RunEvent> events) {
    return within(
        () -> ScratchDirectory.temporary("stdout"),
        events,
        file -> {
          // Without a name, nothing stays behind should the reader of the stream hang.
          try (InputStream rows = Files.newInputStream(file)) {
            Files.delete(file);
            rows.transferTo(out);
          }
          out.flush();
        });
  }

  /** Where a finished file goes. */
  @FunctionalInterface
  private interface Delivery {
    void deliver(Path file) throws IOException;
  }

  private Mono<ResourceEntry> within(
      Callable<ScratchDirectory> open, Consumer<RunEvent> events, Delivery delivery) {
    ResourceExport export = new ResourceExport(session, request, null, events);
    Listing listing = request.listings().get(0);
    return Blocking.using(
        open,
        work ->
            export
                .run(listing, work.directory())
                .flatMap(
                    entry -> session.orStop(Blocking.call(() -> deliver(delivery, work, entry)))),
        work -> Blocking.run(work::close));
  }

  private static ResourceEntry deliver(
      Delivery delivery, ScratchDirectory work, ResourceEntry entry) throws IOException {
    delivery.deliver(work.directory().resolve(entry.file()));
    return entry;
  }

  private static void close(OutputStream out) {
    try {
      out.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
