package io.sluice.job.store;

import io.sluice.config.UsageException;
import io.sluice.disk.PrivateFiles;
import io.sluice.format.text.ShellWord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether a process has the data directory that its database belongs to. Processes that
 * share a database have to share the directory too: each runs any job, and needs its files. The
 * directory and the database carry the same random id, from the first start on.
 */
public final class DataDirectory {
  /** The file in the data directory that holds its id. */
  public static final String FILE = ".sluice-data-id";

  private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);

  private DataDirectory() {}

  private record Known(String id, String path) {}

  /**
   * Requires that an embedded database may be used in a directory: that the files there are not of
   * a shared one. It would not know them, and uploads that it does not know are removed after a
   * week. Blocking.
   *
   * @throws UsageException if they are
   */
  public static void requireOwn(Path directory) throws IOException {
    Path root = directory.toAbsolutePath().normalize();
    Path id = root.resolve(FILE);
    if (Files.exists(id)) {
      throw new UsageException(
          "the data directory " + root + " belongs to a PostgreSQL database",
          "give its --db-url, or another --data-dir; if that database is given up for one in this"
              + " directory, say so: rm "
              + ShellWord.of(id.toString()));
    }
  }

  /**
   * Requires that a database may begin anew in a directory: that there are no jobs and no uploads
   * of one that was lost. Blocking.
   *
   * @throws UsageException if there are
   */
  static void requireUnused(Path directory) throws IOException {
    for (String name : new String[] {"jobs", "uploads"}) {
      requireEmpty(directory, directory.resolve(name));
    }
  }

  private static void requireEmpty(Path root, Path part) throws IOException {
    if (!Files.isDirectory(part)) {
      return;
    }
    try (Stream<Path> entries = Files.list(part)) {
      if (entries.findAny().isPresent()) {
        throw new UsageException(
            "the data directory "
                + root
                + " holds "
                + part.getFileName()
                + ", but its database is lost or empty",
            "put back a copy of the file jobs.mv.db, or give another --data-dir; to begin anew with"
                + " the snapshots alone, move the directories jobs and uploads away");
      }
    }
  }

  /**
   * Requires that the directory is the one that the database belongs to, and makes it that one if
   * the database has none. Blocking.
   *
   * @throws UsageException if it is another one
   */
  public static void requireSame(Database database, Path directory) throws IOException {
    if (database.alone()) {
      // It is in the directory, or no other process shares it.
      return;
    }
    Path root = directory.toAbsolutePath().normalize();
    @Nullable String own = read(root);
    String offered = own == null ? UUID.randomUUID().toString() : own;
    Known known = database.jdbi().inTransaction(handle -> known(handle, offered, root));
    // Read once more, as another process may have made the id just now.
    if (!known.id().equals(read(root))) {
      throw new UsageException(
          "the data directory "
              + root
              + " is not the one of this database, which is "
              + known.path(),
          "give all processes that share a database the same directory with --data-dir; if "
              + root
              + " takes the place of "
              + known.path()
              + ", say so: echo "
              + known.id()
              + " > "
              + root.resolve(FILE));
    }
  }

  /** The id in the database; the one that is offered if there is none. */
  private static Known known(Handle handle, String offered, Path root) throws IOException {
    int added =
        handle
            .createUpdate(
                "insert into data_directory (one, id, path) values (1, :id, :path) on conflict do"
                    + " nothing")
            .bind("id", offered)
            .bind("path", root.toString())
            .execute();
    if (added == 1) {
      // Before others, who wait for this transaction, look for it.
      write(root, offered);
      if (DatabaseSettings.isFilled(root)) {
        LOG.warn(
            "the data directory {} also holds an embedded database, which was used without --db-url:"
                + " its jobs, keys and schedules stay there, and files that were sent for them are"
                + " removed after a week",
            root);
      }
      return new Known(offered, root.toString());
    }
    Optional<Known> known =
        handle
            .createQuery("select id, path from data_directory where one = 1")
            .map((row, context) -> new Known(row.getString("id"), row.getString("path")))
            .findOne();
    return known.orElseThrow(() -> new IllegalStateException("data_directory has no row"));
  }

  private static @Nullable String read(Path root) throws IOException {
    Path file = root.resolve(FILE);
    if (!Files.exists(file)) {
      return null;
    }
    String id = Files.readString(file).strip();
    return id.isEmpty() ? null : id;
  }

  /** Whole or not at all. */
  private static void write(Path root, String id) throws IOException {
    Path half = root.resolve(FILE + "." + UUID.randomUUID());
    try (FileChannel channel = PrivateFiles.create(half)) {
      channel.write(ByteBuffer.wrap((id + "\n").getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
    }
    Files.move(half, root.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    PrivateFiles.sync(root);
  }
}
