package io.sluice.job.store;

import io.sluice.disk.PrivateFiles;
import io.sluice.format.text.ShellWord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/**
 * The copy of the embedded database from before its last update, a zip beside it. A copy whose
 * update has not ended yet has a name of its own and is never replaced: what a second attempt would
 * copy may be half updated. Blocking.
 */
final class DatabaseCopy {
  private static final Pattern KEPT = Pattern.compile("jobs\\.schema-(\\d+)\\.zip");
  private static final Pattern UNFINISHED = Pattern.compile("jobs\\.updating-(\\d+)\\.zip");

  private final Path directory;

  /** The copy in that directory. */
  DatabaseCopy(Path directory) {
    this.directory = directory;
  }

  /** Copies the database, unless an update that began earlier has done so and has not ended. */
  void make(DatabaseSettings settings, int schema) throws IOException {
    if (unfinished().isPresent()) {
      return;
    }
    Path copy = directory.resolve("jobs.updating-" + schema + ".zip");
    Path part = directory.resolve("jobs.zip.part");
    Files.deleteIfExists(part);
    // H2 writes into the file that is there, and leaves its mode as it is.
    PrivateFiles.create(part).close();
    Jdbi.create(settings.url(), settings.user(), settings.password())
        .useHandle(
            handle -> handle.execute("backup to '" + part.toString().replace("'", "''") + "'"));
    try (FileChannel written = PrivateFiles.append(part)) {
      written.force(true);
    }
    Files.move(part, copy, StandardCopyOption.ATOMIC_MOVE);
    PrivateFiles.sync(directory);
  }

  /**
   * Keeps the copy of an update that has ended, if there is one, in the place of the one before.
   */
  void keep() throws IOException {
    Optional<Path> ended = unfinished();
    if (ended.isEmpty()) {
      return;
    }
    for (Path old : all(KEPT)) {
      Files.delete(old);
    }
    Files.move(
        ended.get(),
        directory.resolve("jobs.schema-" + schema(UNFINISHED, ended.get()) + ".zip"),
        StandardCopyOption.ATOMIC_MOVE);
  }

  /** The copy of an update that has not ended. */
  Optional<Path> unfinished() {
    return all(UNFINISHED).stream().findFirst();
  }

  /** The copy, if its schema is that one or an older one. */
  Optional<Path> upTo(int schema) {
    return all(KEPT).stream().filter(file -> schema(KEPT, file) <= schema).findFirst();
  }

  /** The command that puts a copy back into its place. */
  static String unpacking(Path file) {
    return "unzip -o "
        + ShellWord.of(file.toString())
        + " -d "
        + ShellWord.of(String.valueOf(file.getParent()));
  }

  private static int schema(Pattern kind, Path file) {
    Matcher name = kind.matcher(file.getFileName().toString());
    return name.matches() ? Integer.parseInt(name.group(1)) : Integer.MAX_VALUE;
  }

  private List<Path> all(Pattern name) {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> name.matcher(file.getFileName().toString()).matches())
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
