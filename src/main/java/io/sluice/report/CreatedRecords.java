package io.sluice.report;

import io.sluice.disk.ReplacedFile;
import io.sluice.format.csv.CsvLines;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code created.csv}: the ids of the records that a run created, as a file that an import
 * with {@code --mode delete} reads. The file appears whole when it is finished, and only if there
 * are such records; what an earlier attempt left is gone then in either case. Blocking; for one
 * thread at a time.
 */
public final class CreatedRecords implements Closeable {
  private static final List<String> HEADER = List.of("id", "_key", "_line");

  private final Path path;
  private @Nullable ReplacedFile file;
  private @Nullable CsvLines lines;

  public CreatedRecords(Path directory) {
    this.path = directory.resolve("created.csv");
  }

  /** Adds the result's record if the run created it. */
  public void add(RowResult result) throws IOException {
    if (result.outcome() != Outcome.CREATED) {
      return;
    }
    // Without an id, which no answer lacks, a delete refuses the row and names its line.
    String id = result.id() == null ? "" : result.id();
    lines().line(List.of(id, result.key(), Long.toString(result.line())));
  }

  private CsvLines lines() throws IOException {
    if (lines == null) {
      file = new ReplacedFile(path);
      lines = new CsvLines(file);
      lines.line(HEADER);
    }
    return lines;
  }

  /**
   * Puts the file in its place, once all of it is on the disk.
   *
   * @return where it is; empty if nothing was created
   */
  public Optional<Path> finish() throws IOException {
    if (file == null || lines == null) {
      Files.deleteIfExists(path);
      return Optional.empty();
    }
    lines.flush();
    file.finish();
    return Optional.of(path);
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
