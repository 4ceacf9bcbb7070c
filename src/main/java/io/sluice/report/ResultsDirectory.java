package io.sluice.report;

import io.sluice.disk.DirectoryLock;
import io.sluice.disk.DirectoryTree;
import io.sluice.disk.PrivateFiles;
import io.sluice.report.journal.JournalBrokenException;
import io.sluice.report.journal.JournalReader;
import io.sluice.report.journal.RunHeader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directory in which one run records what it does, locked while it does it. Made for its owner
 * alone. Blocking.
 */
public final class ResultsDirectory implements Closeable {
  /** Where runs have their directories unless the user says otherwise. */
  public static final String DEFAULT_PARENT = "sluice-results";

  static final String REPORT = "report.csv";
  static final String SUMMARY = "summary.json";
  static final String JOURNAL = "journal.ndjson";
  private static final String SCRATCH = ".scratch";

  /** What a run leaves before anything else; a migration begins with its source's listing. */
  private static final List<String> TRACES =
      List.of(DirectoryLock.FILE, JOURNAL, "source", "source.json");

  private final Path path;
  private final DirectoryLock lock;
  private final Optional<RunHeader> begun;
  private final boolean made;

  private ResultsDirectory(Path path, DirectoryLock lock, Optional<RunHeader> begun, boolean made) {
    this.path = path;
    this.lock = lock;
    this.begun = begun;
    this.made = made;
  }

  /** The directory of a run for which the user named none. */
  public static Path named(RunId run) {
    return Path.of(DEFAULT_PARENT, run.text());
  }

  /** True if a run has begun to change things, whose results are there. */
  public static boolean holdsJournal(Path path) {
    return Files.exists(path.resolve(JOURNAL));
  }

  /** True if a run was at work there, however early it ended. */
  public static boolean holdsRun(Path path) {
    return TRACES.stream().anyMatch(name -> Files.exists(path.resolve(name)));
  }

  /**
   * Takes a directory for a new run, and makes it if need be.
   *
   * @throws ResultsUsedException if an earlier run left results there
   * @throws io.sluice.disk.DirectoryInUseException if another run is at work there
   */
  public static ResultsDirectory begin(Path path) throws IOException {
    ResultsDirectory directory = take(path);
    if (directory.used()) {
      directory.close();
      throw new ResultsUsedException(path);
    }
    return directory;
  }

  /**
   * Takes a directory to go on with the run that stopped there; where none began, makes it if need
   * be.
   *
   * @throws JournalBrokenException if there is a journal that Sluice did not write
   * @throws io.sluice.disk.DirectoryInUseException if another run is at work there
   */
  public static ResultsDirectory resume(Path path) throws IOException {
    return take(path);
  }

  private static ResultsDirectory take(Path path) throws IOException {
    boolean made = Files.notExists(path, LinkOption.NOFOLLOW_LINKS);
    PrivateFiles.createDirectories(path);
    DirectoryLock lock = DirectoryLock.take(path);
    try {
      DirectoryTree.remove(path.resolve(SCRATCH));
      return new ResultsDirectory(path, lock, JournalReader.header(path.resolve(JOURNAL)), made);
    } catch (IOException | RuntimeException unusable) {
      lock.close();
      throw unusable;
    }
  }

  /** What the run that stopped here had set out to do; empty if the run begins from the start. */
  public Optional<RunHeader> begun() {
    return begun;
  }

  /** Where everything is. */
  public Path path() {
    return path;
  }

  /** Where the journal is, or will be. */
  public Path journal() {
    return path.resolve(JOURNAL);
  }

  /** Where the report is, or will be. */
  public Path report() {
    return path.resolve(REPORT);
  }

  /** Where the summary is, or will be. */
  public Path summary() {
    return path.resolve(SUMMARY);
  }

  /**
   * Puts a file of failed rows aside that was corrected since the run wrote it, before this run
   * overwrites it; the name that it has now, or null if there is none.
   */
  public @Nullable Path keepCorrectedRows() throws IOException {
    Path corrected = null;
    for (String name : List.of(FailedRows.CSV, FailedRows.JSONL)) {
      Path file = path.resolve(name);
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.exists(summary())) {
        FileTime written = Files.getLastModifiedTime(summary());
        if (Files.getLastModifiedTime(file).compareTo(written) > 0) {
          corrected = free(name);
          Files.move(file, corrected);
        }
      }
    }
    return corrected;
  }

  private Path free(String name) {
    int dot = name.indexOf('.');
    String ending = name.substring(dot);
    Path free = path.resolve(name.substring(0, dot) + "-corrected" + ending);
    for (int i = 2; Files.exists(free, LinkOption.NOFOLLOW_LINKS); i++) {
      free = path.resolve(name.substring(0, dot) + "-corrected-" + i + ending);
    }
    return free;
  }

  /** A directory for what this run needs only while it lasts, such as spooled input. */
  public Path scratch() throws IOException {
    Path scratch = path.resolve(SCRATCH);
    PrivateFiles.createDirectories(scratch);
    return scratch;
  }

  /**
   * Removes the scratch directory and lets others in. A directory that was made for this run, and
   * in which nothing was left, goes altogether.
   */
  @Override
  public void close() throws IOException {
    try (lock) {
      DirectoryTree.remove(path.resolve(SCRATCH));
      if (made && holdsNothing()) {
        DirectoryTree.remove(path);
      }
    }
  }

  private boolean holdsNothing() throws IOException {
    try (Stream<Path> entries = Files.list(path)) {
      return entries.allMatch(entry -> entry.endsWith(DirectoryLock.FILE));
    }
  }

  private boolean used() {
    return begun.isPresent()
        || List.of(REPORT, SUMMARY, FailedRows.CSV, FailedRows.JSONL).stream()
            .anyMatch(name -> Files.exists(path.resolve(name), LinkOption.NOFOLLOW_LINKS));
  }
}
