package io.sluice.job.store;

import io.sluice.config.UsageException;
import io.sluice.disk.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a process has the data directory that its database belongs to. Processes that
 * share a database have to share the directory too: each runs any job, and needs its files. The
 * directory and the database carry the same random id, from the first start on.
 */
public final class DataDirectory {
  /** The file in the data directory that holds its id. */
  public static final String FILE = ".sluice-data-id";

  private DataDirectory() {}

  private record Known(String id, String path) {}

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
