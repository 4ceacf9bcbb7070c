package io.sluice.job.files;

import io.sluice.disk.PrivateFiles;
import io.sluice.disk.StoredFile;
import io.sluice.report.RunId;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A file that is on its way. It is an upload once all of it is on the disk; closed before that,
 * nothing is left of it. Blocking; for one thread at a time.
 */
public final class UploadDraft implements Closeable {
  private static final String HALF = ".half";
  private static final Duration FORGOTTEN = Duration.ofDays(1);

  private final String id;
  private final Path place;
  private final StoredFile file;
  private boolean finished;

  private UploadDraft(String id, Path place, StoredFile file) {
    this.id = id;
    this.place = place;
    this.file = file;
  }

  /** Begins one. */
  public static UploadDraft begin(JobFiles files, Instant now) throws IOException {
    String id = RunId.at(now).text();
    Path place = files.upload(id);
    Path directory = files.root().resolve("uploads");
    PrivateFiles.createDirectories(directory);
    return new UploadDraft(id, place, StoredFile.digested(directory.resolve("." + id + HALF)));
  }

  /** Removes what killed processes have left half-sent. */
  public static void sweep(JobFiles files, Instant now) throws IOException {
    Path directory = files.root().resolve("uploads");
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (DirectoryStream<Path> halves = Files.newDirectoryStream(directory, ".*" + HALF)) {
      for (Path half : halves) {
        if (Files.getLastModifiedTime(half).toInstant().isBefore(now.minus(FORGOTTEN))) {
          Files.deleteIfExists(half);
        }
      }
    }
  }

  /** The next bytes. */
  public void write(byte[] bytes) throws IOException {
    file.write(bytes, 0, bytes.length);
  }

  /** How many bytes have come. */
  public long bytes() {
    return file.bytes();
  }

  /** Waits until every byte is on the disk, and makes an upload of it. */
  public Upload finish(Uploads uploads, String name, String caller, Instant now)
      throws IOException {
    file.close();
    Files.move(file.path(), place, StandardCopyOption.ATOMIC_MOVE);
    // As exact as the database keeps it.
    Instant madeAt = now.truncatedTo(ChronoUnit.MICROS);
    Upload upload = new Upload(id, name, file.bytes(), file.sha256Hex(), caller, madeAt);
    boolean added = false;
    try {
      uploads.add(upload);
      added = true;
    } finally {
      if (!added) {
        Files.deleteIfExists(place);
      }
    }
    finished = true;
    return upload;
  }

  @Override
  public void close() throws IOException {
    if (!finished) {
      file.abandon();
      Files.deleteIfExists(file.path());
    }
  }
}
