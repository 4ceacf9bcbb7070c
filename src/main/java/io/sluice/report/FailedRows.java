package io.sluice.report;

import io.sluice.disk.ReplacedFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows that are to be corrected or imported again, in a file that imports as it is: {@code
 * failed.csv} or {@code failed.jsonl}. The file appears whole when it is finished, and only if
 * there are such rows; what an earlier attempt left is gone then in either case. Blocking; for one
 * thread at a time.
 */
public abstract sealed class FailedRows implements Closeable permits FailedCsv, FailedJsonl {
  static final String CSV = "failed.csv";
  static final String JSONL = "failed.jsonl";

  /** The columns with the outcome, behind those of the row, in this order. */
  static final List<String> ADDED = List.of("_outcome", "_code", "_message", "_pointer", "_line");

  private final Path path;
  private @Nullable ReplacedFile file;

  FailedRows(Path path) {
    this.path = path;
  }

  /** The file's stream; made when it is first asked for. */
  final ReplacedFile file() throws IOException {
    if (file == null) {
      file = new ReplacedFile(path);
    }
    return file;
  }

  /** Hands over what is held back. */
  abstract void flush() throws IOException;

  /**
   * Puts the file in its place, once all of it is on the disk.
   *
   * @return where it is; empty if no row remains
   */
  public Optional<Path> finish() throws IOException {
    flush();
    if (file != null) {
      file.finish();
    }
    for (String name : List.of(CSV, JSONL)) {
      if (file == null || !path.endsWith(name)) {
        Files.deleteIfExists(path.resolveSibling(name));
      }
    }
    return file == null ? Optional.empty() : Optional.of(path);
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
