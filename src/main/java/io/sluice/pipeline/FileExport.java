package io.sluice.pipeline;

import io.sluice.api.Listing;
import io.sluice.config.UsageException;
import io.sluice.disk.DirectoryLock;
import io.sluice.disk.PrivateFiles;
import io.sluice.snapshot.ResourceEntry;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Exports one resource to one file, or to a stream. The file appears whole, in place of one that
 * was there, or not at all; a stream gets the records once all of them have been read.
 */
public final class FileExport {
  private final AccountSession session;
  private final ExportRequest request;
  private final Scheduler disk = Schedulers.boundedElastic();

  /** An export of the first and only listing of the request. */
  public FileExport(AccountSession session, ExportRequest request) {
    this.session = session;
    this.request = request;
  }

  /** Exports to a file, by way of a hidden directory beside it. */
  public Mono<ResourceEntry> toFile(Path target, ExportProgress progress) {
    if (Files.isDirectory(target)) {
      return Mono.error(
          new UsageException(target + " is a directory", "--out wants a file; --to a directory"));
    }
    Path absolute = target.toAbsolutePath();
    if (Files.exists(absolute) && !Files.isRegularFile(absolute)) {
      return Mono.using(
          () -> Files.newOutputStream(absolute), out -> toStream(out, progress), FileExport::close);
    }
    Path parent = absolute.getParent();
    Path work =
        (parent == null ? absolute : parent).resolve("." + absolute.getFileName() + ".partial");
    return within(
        () -> Workplace.at(work),
        progress,
        file -> Files.move(file, absolute, StandardCopyOption.ATOMIC_MOVE));
  }

  /** Exports to a stream, by way of a temporary directory. Does not close the stream. */
  public Mono<ResourceEntry> toStream(OutputStream out, ExportProgress progress) {
    return within(
        () -> Workplace.at(Files.createTempDirectory("sluice-")),
        progress,
        file -> {
          Files.copy(file, out);
          out.flush();
        });
  }

  /** Where a finished file goes. */
  @FunctionalInterface
  private interface Delivery {
    void deliver(Path file) throws IOException;
  }

  private Mono<ResourceEntry> within(
      java.util.concurrent.Callable<Workplace> open, ExportProgress progress, Delivery delivery) {
    ResourceExport export = new ResourceExport(session, request, progress);
    Listing listing = request.listings().get(0);
    return Mono.usingWhen(
        blocking(open),
        work ->
            export
                .run(listing, work.directory())
                .flatMap(
                    entry ->
                        blocking(
                            () -> {
                              delivery.deliver(work.directory().resolve(entry.file()));
                              return entry;
                            })),
        work ->
            blocking(
                () -> {
                  work.close();
                  return Optional.empty();
                }));
  }

  private <T> Mono<T> blocking(java.util.concurrent.Callable<T> work) {
    return Mono.fromCallable(work).subscribeOn(disk);
  }

  private static void close(OutputStream out) {
    try {
      out.close();
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }

  /** A locked directory of this run alone, which goes with it. */
  private record Workplace(Path directory, DirectoryLock lock) implements Closeable {

    static Workplace at(Path directory) throws IOException {
      PrivateFiles.createDirectories(directory);
      Workplace workplace = new Workplace(directory, DirectoryLock.take(directory));
      workplace.empty();
      return workplace;
    }

    /** Removes what an interrupted run left here, all but the lock. */
    private void empty() throws IOException {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
        for (Path file : files) {
          if (!file.endsWith(DirectoryLock.FILE)) {
            Files.delete(file);
          }
        }
      }
    }

    @Override
    public void close() throws IOException {
      empty();
      Files.delete(directory.resolve(DirectoryLock.FILE));
      Files.delete(directory);
      lock.close();
    }
  }
}
